import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a tree without version control holds that is not ours: as in .gitignore. */
const NOT_OURS = /(^|\/)(node_modules|dist|\.git|\.sundial)(\/|$)|\.log$/

/**
 * Paths of the files that belong to the repository, new ones too, without what version control ignores.
 *
 * @param {string} root
 * @returns {string[]}
 */
export function sourceFiles(root) {
  try {
    const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return [...new Set(listed.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path))).sort()
  } catch {
    return walk(root, '').sort()
  }
}

/**
 * The text of those files, by path, that `wanted` accepts. Binary files are left out.
 *
 * @param {string} root
 * @param {(path: string) => boolean} wanted
 * @returns {Map<string, string>}
 */
export function readSources(root, wanted) {
  const texts = sourceFiles(root)
    .filter(wanted)
    .map((path) => /** @type {[string, string]} */ ([path, readFileSync(join(root, path), 'utf8')]))
  return new Map(texts.filter(([, text]) => !text.includes('\0')))
}

/** @param {string} root @param {string} folder @returns {string[]} */
function walk(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (NOT_OURS.test(path)) return []
    return entry.isDirectory() ? walk(root, path) : [path]
  })
}
