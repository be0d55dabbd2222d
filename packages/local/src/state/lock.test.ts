import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { stateFolder } from './layout.ts'
import { lockOwner, tryLock, waitForLock } from './lock.ts'
import { lockState, stateOwner } from './lock-state.ts'
import { processIdentity } from './process-identity.ts'
import { temporaryFolder } from './temporary-folder.fixture.ts'

/** The lock of a process that was killed while it had it. */
async function staleLock(): Promise<string> {
  const path = join(await temporaryFolder(), 'lock.json')
  const child = spawn('sleep', ['60'])
  await once(child, 'spawn')
  const identity = await processIdentity(child.pid ?? 0)
  await writeFile(path, JSON.stringify({ ...identity, since: '2026-01-01T00:00:00Z', token: 'gone' }))
  expect(await lockOwner(path)).toMatchObject({ pid: child.pid })
  child.kill('SIGKILL')
  await once(child, 'exit')
  return path
}

test('a platform that runs cannot be started again, and says where it runs', async () => {
  const state = stateFolder(await temporaryFolder(), 'development')
  const lock = await lockState(state)
  expect(await stateOwner(state)).toMatchObject({ pid: process.pid })
  await expect(lockState(state)).rejects.toMatchObject({ code: 'SUN_ALREADY_RUNNING', message: expect.stringContaining(`process ${process.pid}`) })
  await lock.release()
  expect(await stateOwner(state)).toBeUndefined()
  await (await lockState(state)).release()
})

test('the lock of a process that was killed is taken over', async () => {
  const lock = await tryLock(await staleLock())
  expect(lock).toHaveProperty('release')
})

test('a number that was given to another process does not count as the owner', async () => {
  const path = join(await temporaryFolder(), 'lock.json')
  await writeFile(path, JSON.stringify({ pid: process.pid, started: 'long ago', since: '', token: 'x' }))
  expect(await tryLock(path)).toHaveProperty('release')
})

test('a damaged lock does not block for ever', async () => {
  const path = join(await temporaryFolder(), 'lock.json')
  await writeFile(path, '{"pid":')
  expect(await tryLock(path)).toHaveProperty('release')
})

test('of many who find a stale lock, one gets it', async () => {
  const path = await staleLock()
  const results = await Promise.all(Array.from({ length: 20 }, () => tryLock(path)))
  expect(results.filter((result) => 'release' in result)).toHaveLength(1)
  expect(await readdir(join(path, '..'))).toEqual(['lock.json'])
})

test('one who waits gets it when it is given back, and not before', async () => {
  const path = join(await temporaryFolder(), 'lock.json')
  const first = await waitForLock(path)
  const order: string[] = []
  let tell = (_pid: number) => {}
  const told = new Promise<number>((resolve) => (tell = resolve))
  const second = waitForLock(path, { onWait: ({ pid }) => tell(pid) }).then((lock) => {
    order.push('second')
    return lock
  })
  expect(await told).toBe(process.pid)
  order.push('first gives back')
  await first.release()
  await (await second).release()
  expect(order).toEqual(['first gives back', 'second'])
})
