import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/**
 * @typedef {{ file: string, command: readonly [string, ...string[]] }} GeneratedFile the command prints what the file must be
 */

/** Committed files that a program writes. @type {readonly GeneratedFile[]} */
export const GENERATED_FILES = [
  { file: 'docs/explanation/development.svg', command: ['./sundial', 'graph', '--format', 'svg'] },
  { file: 'docs/explanation/production.svg', command: ['./sundial', 'graph', '--format', 'svg', '--environment', 'production'] },
  { file: 'docs/reference/commands.md', command: ['node', 'tools/command-reference.js'] },
  { file: 'docs/reference/config.schema.json', command: ['./sundial', 'config', 'schema'] },
  { file: 'docs/reference/errors.md', command: ['node', 'tools/error-reference.js'] },
  { file: 'docs/reference/rules.md', command: ['node', 'tools/rule-reference.js'] },
]

/**
 * Files that are missing, or not what their program prints now. The tree is not touched.
 *
 * @param {string} root
 * @param {readonly GeneratedFile[]} [files]
 * @returns {Promise<string[]>}
 */
export async function staleFiles(root, files = GENERATED_FILES) {
  const problems = await Promise.all(files.map(async ({ file, command }) => problemOf(root, file, command)))
  return problems.filter((problem) => problem !== undefined)
}

/** @param {string} root @param {string} file @param {GeneratedFile['command']} command @returns {Promise<string | undefined>} */
async function problemOf(root, file, [program, ...args]) {
  const shown = [program, ...args].join(' ')
  if (!existsSync(join(root, file))) return `${file} is missing; run: ${shown} > ${file}`
  try {
    const { stdout } = await promisify(execFile)(program, args, { cwd: root, maxBuffer: 64 * 1024 * 1024 })
    return stdout === readFileSync(join(root, file), 'utf8') ? undefined : `${file} is not what its program writes now; run: ${shown} > ${file}`
  } catch (error) {
    const { stderr, message } = /** @type {Error & { stderr?: string }} */ (error)
    return `${file} cannot be compared, since "${shown}" failed: ${(stderr || message).trim()}`
  }
}
