// npm leaves an optional package out of package-lock.json when its registry did not have it (a mirror often lacks the
// builds for other systems), and then `npm ci` refuses the file. This adds what is missing: `node tools/lock-file.js --write`.
// Their hashes need a registry that has them: `node tools/lock-file.js --integrity` asks yours, and adds those that it knows.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './bootstrap.js'
import { fillIntegrity, publishedIntegrity, withoutIntegrity } from './lock-file/integrity.js'

/**
 * @typedef {{ version?: string, optional?: boolean, dev?: boolean, license?: string, resolved?: string, integrity?: string, link?: boolean, os?: string[], cpu?: string[], libc?: string[], optionalDependencies?: Record<string, string> }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} LockFile
 */

/**
 * Optional packages that the lock file's own packages name and that it does not hold.
 *
 * @param {LockFile} lock
 */
export function missingPackages(lock) {
  return Object.entries(lock.packages).flatMap(([path, { dev, optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !(`node_modules/${name}` in lock.packages) && !(`${path}/node_modules/${name}` in lock.packages))
      .map(([name, version]) => ({ name, version, dev, wantedBy: path })),
  )
}

/**
 * The lock file with an entry for each missing package, from what its name says. Without integrity: it is not
 * guessed.
 *
 * @param {LockFile} lock
 * @returns {LockFile}
 */
export function completeLockFile(lock) {
  const added = missingPackages(lock).map(({ name, version, dev, wantedBy }) => {
    const platform = platformOf(name)
    if (!platform || !/^\d/.test(version)) {
      throw new Error(`${wantedBy} wants the optional package ${name} ${version}, and its name does not tell its system; add it to package-lock.json by hand`)
    }
    const { os, cpu, libc } = platform
    return [`node_modules/${name}`, { version, cpu, ...(dev && { dev }), ...(libc && { libc }), optional: true, os }]
  })
  const packages = Object.entries(lock.packages).concat(/** @type {[string, LockedPackage][]} */ (added))
  return { ...lock, packages: Object.fromEntries(packages.sort(([a], [b]) => a.localeCompare(b, 'en'))) }
}

/** @param {string} text A package-lock.json */
export function registryAddresses(text) {
  return [...text.matchAll(/"resolved": "(https?:[^"]+)"/g)].map(([, address = '']) => address)
}

/** The system that a package of compiled code is for, by the naming that these packages share. @param {string} name */
function platformOf(name) {
  const match = /(?:^|[/-])(aix|android|darwin|freebsd|linux|openharmony|win32)-(arm64|arm|ia32|ppc64|riscv64|s390x|x64)(?:-(\w+))?$/.exec(name)
  if (!match) return undefined
  const [, os = '', cpu = '', abi = ''] = match
  const libc = os === 'linux' && /^(gnu|musl)/.exec(abi)
  return { os: [os], cpu: [cpu], libc: libc ? [libc[1] === 'gnu' ? 'glibc' : 'musl'] : undefined }
}

/** What the lock file leaves unchecked, in a few words; nothing if all is checked. @param {string} folder @returns {string | undefined} */
export function lockFileNote(folder) {
  const count = withoutIntegrity(JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))).length
  return count === 0 ? undefined : `${count} packages without a hash; with a registry that has them: node tools/lock-file.js --integrity`
}

/** @param {string} folder @param {boolean} write @returns {string[]} what is wrong with the lock file */
export function checkLockFile(folder, write = false) {
  const file = join(folder, 'package-lock.json')
  const text = readFileSync(file, 'utf8')
  const lock = JSON.parse(text)
  if (write) writeFileSync(file, `${JSON.stringify(completeLockFile(lock), null, 2)}\n`)
  const problems = registryAddresses(text).map(
    (address) => `package-lock.json: "resolved" names a registry (${address}); set omit-lockfile-registry-resolved=true and run npm install`,
  )
  if (!write)
    problems.push(...missingPackages(lock).map(({ name }) => `package-lock.json: ${name} is missing, so npm ci fails; run: node tools/lock-file.js --write`))
  return problems
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const problems = checkLockFile(root, process.argv.includes('--write'))
  if (process.argv.includes('--integrity')) {
    const file = join(root, 'package-lock.json')
    writeFileSync(file, `${JSON.stringify(await fillIntegrity(JSON.parse(readFileSync(file, 'utf8')), publishedIntegrity), null, 2)}\n`)
  }
  problems.forEach((problem) => console.error(problem))
  process.exitCode = problems.length === 0 ? 0 : 1
}
