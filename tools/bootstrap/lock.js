import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const RETRY_MS = 100
/** Taking over a dead owner's lock is a matter of milliseconds, so a guard as old as this has lost its owner too. */
const GUARD_STALE_MS = 10_000

/**
 * Runs `work` while no other process does so in the same repository. A lock whose owner is gone is taken over.
 *
 * @template T
 * @param {string} root
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(root, work) {
  const folder = join(root, '.sundial')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = join(folder, 'bootstrap.lock')
  let told = false
  while (!tryLock(lock)) {
    const owner = readOwner(lock)
    if (owner && !isRunning(owner)) removeStale(lock)
    else {
      if (owner && !told) console.error(`sundial: waiting for process ${owner.pid}, which is installing or building here`)
      told = true
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

/** @typedef {{ pid: number, started: string }} Owner */

/**
 * Makes the lock in one step with its owner in it: a link either appears whole or not at all.
 *
 * @param {string} lock
 */
function tryLock(lock) {
  const draft = `${lock}.${process.pid}`
  writeFileSync(draft, JSON.stringify({ pid: process.pid, started: startOf(process.pid) }), { mode: 0o600 })
  try {
    linkSync(draft, lock)
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/**
 * Only the holder of a second, short-lived lock may remove a dead owner's lock. Without it, one of two processes that
 * both saw the dead owner could remove the lock that the other has just made.
 *
 * @param {string} lock
 */
function removeStale(lock) {
  const guard = `${lock}.takeover`
  try {
    writeFileSync(guard, '', { flag: 'wx', mode: 0o600 })
  } catch {
    const age = Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > GUARD_STALE_MS) rmSync(guard, { force: true })
    return
  }
  const owner = readOwner(lock)
  if (owner && !isRunning(owner)) rmSync(lock, { force: true })
  rmSync(guard, { force: true })
}

/**
 * @param {string} lock
 * @returns {Owner | undefined} undefined when the lock is gone
 */
function readOwner(lock) {
  try {
    return JSON.parse(readFileSync(lock, 'utf8'))
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined
    throw new Error(`${lock} is not a lock of this program; delete it when nothing is running here`, { cause: error })
  }
}

/** The start time tells a living owner from a later process with the same number. @param {Owner} owner */
function isRunning(owner) {
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH') return false
  }
  return startOf(owner.pid) === owner.started
}

/** When a process started, in the system's own notation; empty where it cannot be known. @param {number} pid */
function startOf(pid) {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? ''
    // In the same words and the same time zone for all who compare.
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } }).trim()
  } catch {
    return ''
  }
}
