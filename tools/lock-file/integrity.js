import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** @typedef {import('../lock-file.js').LockFile} LockFile */

/**
 * Packages that npm would install without comparing a hash.
 *
 * @param {LockFile} lock
 */
export function withoutIntegrity(lock) {
  return Object.entries(lock.packages).flatMap(([path, { version, integrity, link }]) => {
    const name = /.*node_modules\/(.+)$/.exec(path)?.[1]
    return name && version && !link && !integrity ? [{ path, name, version }] : []
  })
}

/**
 * The lock file with the hashes of packages that have none, where the registry has the package.
 *
 * @param {LockFile} lock
 * @param {(name: string, version: string) => Promise<string | undefined>} lookUp
 * @returns {Promise<LockFile>}
 */
export async function fillIntegrity(lock, lookUp) {
  const packages = { ...lock.packages }
  for (const { path, name, version } of withoutIntegrity(lock)) {
    const integrity = await lookUp(name, version)
    if (integrity) packages[path] = { version, integrity, ...packages[path] }
  }
  return { ...lock, packages }
}

/** What the user's registry says. @param {string} name @param {string} version @returns {Promise<string | undefined>} */
export async function publishedIntegrity(name, version) {
  try {
    const { stdout } = await promisify(execFile)('npm', ['view', `${name}@${version}`, 'dist.integrity'])
    return stdout.trim() || undefined
  } catch (error) {
    // It does not have the package.
    if (/** @type {{ stderr?: string }} */ (error).stderr?.includes('E404')) return undefined
    throw error
  }
}
