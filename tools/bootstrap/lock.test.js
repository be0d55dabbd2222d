import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { withLock } from './lock.js'

/** @type {string} */
let root
/** @type {string} */
let lock
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sundial-lock-'))
  lock = join(root, '.sundial', 'bootstrap.lock')
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
  rmSync(root, { recursive: true })
})

/** Processes that each note in a file when they come in and when they go out. @param {number} count */
async function crowd(count) {
  const script = `
    import { appendFileSync } from 'node:fs'
    import { setTimeout } from 'node:timers/promises'
    import { withLock } from ${JSON.stringify(new URL('lock.js', import.meta.url).href)}
    await withLock(${JSON.stringify(root)}, async () => {
      appendFileSync(${JSON.stringify(join(root, 'log'))}, 'in\\n')
      await setTimeout(20)
      appendFileSync(${JSON.stringify(join(root, 'log'))}, 'out\\n')
    })`
  const processes = Array.from({ length: count }, () => spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' }))
  const codes = await Promise.all(processes.map((child) => once(child, 'exit')))
  expect(codes.map(([code]) => code)).toEqual(Array(count).fill(0))
  return readFileSync(join(root, 'log'), 'utf8')
}

/** @param {{ pid: number, started: string }} owner */
function leaveLock(owner) {
  mkdirSync(join(root, '.sundial'))
  writeFileSync(lock, JSON.stringify(owner))
}
const deadProcess = () => ({ pid: spawnSync(process.execPath, ['-e', '']).pid, started: 'long ago' })

test('lets one process in at a time', async () => {
  expect(await crowd(6)).toBe('in\nout\n'.repeat(6))
  expect(existsSync(lock)).toBe(false)
})

test('takes the lock of a dead process over, once, however many want it', async () => {
  leaveLock(deadProcess())
  expect(await crowd(6)).toBe('in\nout\n'.repeat(6))
})

test('takes the lock over from a process that died, although another lives under its number', async () => {
  leaveLock({ pid: process.pid, started: 'long ago' })
  expect(await withLock(root, () => 'done')).toBe('done')
})

test('where ps tells when a process started, it is the same for callers of all time zones and languages', async () => {
  writeFileSync(join(root, 'ps'), '#!/bin/sh\necho "$LC_ALL $TZ"\n', { mode: 0o755 })
  vi.stubGlobal('process', Object.create(process, { platform: { value: 'darwin' } }))
  vi.stubEnv('PATH', `${root}:${process.env['PATH']}`)
  vi.stubEnv('TZ', 'Asia/Tokyo')
  expect(JSON.parse(await withLock(root, () => readFileSync(lock, 'utf8')))).toEqual({ pid: process.pid, started: 'C UTC' })
})

test('gives the lock back when the work fails', async () => {
  await expect(withLock(root, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(existsSync(lock)).toBe(false)
})

test('refuses a lock file that is something else', async () => {
  leaveLock({ pid: 1, started: '' })
  appendFileSync(lock, 'x')
  await expect(withLock(root, () => 'done')).rejects.toThrow(/is not a lock of this program; delete it/)
})
