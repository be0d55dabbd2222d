import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BootstrapError } from './bootstrap-error.js'

/** The project that every start needs. */
export const PRODUCT = 'tsconfig.build.json'

/**
 * Compiles what changed of the product; its tests are run from their sources. The compiler knows best what is out of date, and says so in a
 * fifth of a second; when no file has changed since it last said that all is well, that much is saved.
 *
 * @param {string} root
 * @param {string} project what to build with all that it refers to
 */
export function build(root, project) {
  if (project !== PRODUCT) return compile(root, project)
  const record = join(root, 'node_modules', '.cache', 'sundial', 'built')
  const before = fingerprint(root)
  if (before !== undefined && existsSync(record) && readFileSync(record, 'utf8') === before) return
  compile(root, project)
  const after = fingerprint(root)
  if (after === undefined) return
  mkdirSync(dirname(record), { recursive: true })
  writeFileSync(record, after)
}

/** @param {string} root @param {string} project */
function compile(root, project) {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const tsc = spawnSync(process.execPath, [compiler, '-b', project, '--pretty', process.stderr.isTTY ? 'true' : 'false'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (tsc.error) throw tsc.error
  if (tsc.status === 0) return
  throw new BootstrapError(`${tsc.stdout}${tsc.stderr}`.trim() + '\n\nThe build failed (tsc -b): mend the errors above, then run the command again.')
}

/**
 * Sizes and times of everything that the build reads, and of what it wrote last; nothing when a project was never built.
 *
 * @param {string} root
 * @returns {string | undefined}
 */
export function fingerprint(root) {
  const hash = createHash('sha256')
  /** @param {string} path */
  const add = (path) => {
    const stat = statSync(path, { throwIfNoEntry: false })
    hash.update(`${path} ${stat?.size} ${stat?.mtimeMs}\n`)
    return stat !== undefined
  }
  const projects = ['packages', 'apps'].flatMap((group) => {
    const folder = join(root, group)
    return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
  })
  for (const name of ['tsconfig.base.json', 'tsconfig.build.json', 'package-lock.json']) add(join(root, name))
  for (const project of projects) {
    const source = join(project, 'src')
    if (!existsSync(source)) continue
    for (const name of ['package.json', 'tsconfig.json']) add(join(project, name))
    for (const name of readdirSync(source, { recursive: true })) add(join(source, String(name)))
    // The compiler writes it last: without it, or with another, the output is not what it said.
    if (!add(join(project, 'dist', '.tsbuildinfo'))) return undefined
  }
  return hash.digest('hex')
}
