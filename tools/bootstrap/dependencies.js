import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BootstrapError } from './bootstrap-error.js'

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean, resolved?: string }} LockedPackage */

/**
 * Installs what package-lock.json names, unless node_modules is already that. The hash of the lock file that was
 * installed is kept in node_modules, so that the usual start compares one hash.
 *
 * @param {string} root
 */
export function ensureDependencies(root) {
  const lockFile = join(root, 'package-lock.json')
  if (!existsSync(lockFile)) throw new BootstrapError(`${lockFile} is missing. Restore it from version control; it pins every dependency.`)
  const hash = createHash('sha256').update(readFileSync(lockFile)).digest('hex')
  const record = join(root, 'node_modules', '.sundial-lock')
  if (existsSync(record) && readFileSync(record, 'utf8') === hash) return
  if (!isInstalled(root)) install(root)
  writeFileSync(record, hash)
}

/**
 * Whether npm's own record of what it put into node_modules agrees with package-lock.json. It does after `npm install`
 * of a new dependency, and a second installation from nothing would only cost time.
 *
 * @param {string} root
 */
function isInstalled(root) {
  const installedFile = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installedFile)) return false
  /** @param {string} file @returns {Record<string, LockedPackage>} */
  const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages
  return sameInstallation(packagesOf(join(root, 'package-lock.json')), packagesOf(installedFile))
}

/**
 * Optional packages may be absent: most are made for other systems.
 *
 * @param {Record<string, LockedPackage>} locked
 * @param {Record<string, LockedPackage>} installed
 */
export function sameInstallation(locked, installed) {
  for (const [path, { version, integrity, optional, link, resolved }] of Object.entries(locked)) {
    const found = installed[path]
    if (path === '' || (!found && optional)) continue
    if (!found || found.version !== version || found.integrity !== integrity || found.link !== link || (link && found.resolved !== resolved)) return false
  }
  return Object.keys(installed).every((path) => path in locked)
}

/** @param {string} root */
function install(root) {
  const began = Date.now()
  process.stderr.write('sundial: installing dependencies (npm ci) ...')
  // The level of messages is ours: under `npm --silent test` npm would be silent about its failures too.
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  process.stderr.write(npm.status === 0 ? ` done in ${Math.round((Date.now() - began) / 1000)} s\n` : ' failed\n')
  if (npm.status === 0) return
  if (npm.error) throw new BootstrapError(`npm could not be started (${npm.error.message}). It comes with Node; check that it is on your PATH.`)
  throw new BootstrapError(
    [
      withoutNoise(`${npm.stdout}${npm.stderr}`),
      '',
      `"npm ci" in ${root} ended with ${npm.signal ?? `exit code ${npm.status}`}; what npm said is above.`,
      'If it says that package.json and package-lock.json disagree, run "npm install". If it could not reach its registry, check the network and npm\'s settings ("npm config list").',
    ].join('\n'),
  )
}

/**
 * What npm said, without its list of options.
 *
 * @param {string} output
 */
export function withoutNoise(output) {
  return output
    .replace(/^npm error Clean install a project$[^]*?^(?=npm error (Run "npm help|A complete log))/m, '')
    .replace(/^npm error Run "npm help.*\n/gm, '')
    .trim()
}
