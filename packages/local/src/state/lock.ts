import { randomUUID } from 'node:crypto'
import { link, mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isSystemError, readFileIfPresent, writeFileAtomically } from './private-files.ts'
import { isAlive, processIdentity, type ProcessIdentity } from './process-identity.ts'

export interface LockOwner extends ProcessIdentity {
  /** When it was taken, ISO 8601. */
  readonly since: string
  /** Tells two owners within one process apart. */
  readonly token: string
}

export interface Lock {
  release(): Promise<void>
}

/** How often a waiting caller looks again, milliseconds. A lock is held for seconds or minutes. */
const PERIOD_MS = 100

/**
 * Takes the lock if it is free, or if its owner has ended without giving it back.
 * @returns the lock, or who has it
 */
export async function tryLock(path: string): Promise<Lock | { readonly owner: LockOwner }> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const own = await newOwner()
  for (;;) {
    if (await place(path, own)) return { release: () => releaseLock(path, own) }
    const owner = await lockOwner(path)
    if (owner) return { owner }
    await removeStale(path)
  }
}

/** Waits until the lock is free and takes it. `onWait` is told once who has it. */
export async function waitForLock(path: string, options: { readonly onWait?: (owner: LockOwner) => void; readonly signal?: AbortSignal } = {}): Promise<Lock> {
  let told = false
  for (;;) {
    const result = await tryLock(path)
    if ('release' in result) return result
    if (!told) options.onWait?.(result.owner)
    told = true
    await pause(PERIOD_MS, undefined, { signal: options.signal })
  }
}

/** The living owner of a lock. */
export async function lockOwner(path: string): Promise<LockOwner | undefined> {
  const owner = parse(await readFileIfPresent(path))
  return owner && (await isAlive(owner)) ? owner : undefined
}

/** Puts a complete file in place only if there is none: two who try at once cannot both succeed. */
async function place(path: string, owner: LockOwner): Promise<boolean> {
  const draft = `${path}.${owner.token}`
  await writeFileAtomically(draft, JSON.stringify(owner))
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if (isSystemError(error, 'EEXIST')) return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

/**
 * Removes the lock of an owner that has ended. Only who holds the second lock may, and looks again first: otherwise one
 * who was slow could remove the lock of a third who has taken it since.
 */
async function removeStale(path: string): Promise<void> {
  const guard = `${path}.takeover`
  const own = await newOwner()
  if (!(await place(guard, own))) {
    if (await lockOwner(guard)) await pause(PERIOD_MS)
    else await rm(guard, { force: true })
    return
  }
  try {
    if (!(await lockOwner(path))) await rm(path, { force: true })
  } finally {
    await rm(guard, { force: true })
  }
}

async function releaseLock(path: string, own: LockOwner): Promise<void> {
  const found = parse(await readFileIfPresent(path))
  if (found?.token === own.token) await rm(path, { force: true })
}

async function newOwner(): Promise<LockOwner> {
  const identity = await processIdentity(process.pid)
  if (!identity) throw new Error(`process ${process.pid} does not find itself`)
  return { ...identity, since: new Date().toISOString(), token: randomUUID() }
}

function parse(text: string | undefined): LockOwner | undefined {
  if (text === undefined) return undefined
  try {
    const owner = JSON.parse(text) as Partial<LockOwner>
    return typeof owner.pid === 'number' && typeof owner.started === 'string' ? (owner as LockOwner) : undefined
  } catch {
    return undefined
  }
}
