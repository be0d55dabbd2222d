import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { isAlive, processIdentity } from './process-identity.ts'
import { temporaryFolder } from './temporary-folder.fixture.ts'

test('a process is itself, and not a later one with its number', async () => {
  const own = await processIdentity(process.pid)
  expect(own).toEqual({ pid: process.pid, started: expect.stringMatching(/./) })
  expect(await isAlive(own!)).toBe(true)
  expect(await isAlive({ ...own!, started: 'at another time' })).toBe(false)
})

test('where ps tells when a process started, it is the same for callers of all time zones and languages', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'ps'), '#!/bin/sh\necho "$LC_ALL $TZ"\n', { mode: 0o755 })
  onTestFinished(() => void (vi.unstubAllEnvs(), vi.unstubAllGlobals()))
  vi.stubGlobal('process', Object.create(process, { platform: { value: 'darwin' } }))
  vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`)
  vi.stubEnv('TZ', 'Asia/Tokyo')
  vi.stubEnv('LC_ALL', 'de_DE.UTF-8')
  expect(await processIdentity(process.pid)).toEqual({ pid: process.pid, started: 'C UTC' })
})
