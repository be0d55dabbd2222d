import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { startChild } from './child.ts'
import { ProcessLog } from './process-log.ts'
import { Stage, runs, served, statusOf, until, whenReady } from './stage.fixture.ts'

let stage: Stage
let warnings: string[]
beforeEach(() => {
  stage = new Stage()
  warnings = []
  const listen = ({ message }: Error): void => void warnings.push(message)
  process.on('warning', listen)
  onTestFinished(() => void process.off('warning', listen))
})
afterEach(async () => await stage.close())

test('a supervisor that can write nothing down goes on, restarts, and stops in order', async () => {
  const roles = { database: await served(), server: await served({ needs: whenReady('database') }) }
  const supervisor = await stage.start(roles, { logLimit: 5, timing: { logCheckMs: 10 } })
  await supervisor.whenReady()
  rmSync(stage.run, { recursive: true })
  // A folder that holds something cannot be replaced.
  for (const number of [2, 3]) mkdirSync(join(stage.logs, `server.log.${number}`, 'x'), { recursive: true })
  writeFileSync(join(stage.logs, 'server.log'), 'long enough\n')
  process.kill(statusOf(supervisor, 'server').pid ?? 0, 'SIGKILL')
  await until(supervisor, 'server', ({ state, restarts }) => state === 'ready' && restarts === 1)
  await supervisor.stop()
  expect(stage.events().slice(-4)).toEqual(['server asked SIGTERM', 'server stopped', 'database asked SIGTERM', 'database stopped'])
  await expect
    .poll(() => warnings.map((message) => message.split(':')[0]).toSorted())
    .toEqual([
      'a log that is too large is not set aside',
      'the status of the platform is not written',
      'what runs is not recorded, so if this process is killed, the next start cannot end it',
    ])
  expect(existsSync(stage.run)).toBe(false)
})

test('a process that cannot be identified does not run on', async () => {
  const log = new ProcessLog(join(stage.folder, 'a.log'))
  // Fails when the process has said its number.
  writeFileSync(join(stage.folder, 'ps'), '#!/bin/sh\nwhile ! [ -s "$LOG" ]; do sleep 0.01; done\nexit 2\n', { mode: 0o755 })
  onTestFinished(() => void (vi.unstubAllEnvs(), vi.unstubAllGlobals()))
  vi.stubGlobal('process', Object.create(process, { platform: { value: 'darwin' } }))
  vi.stubEnv('PATH', `${stage.folder}:${process.env['PATH']}`)
  vi.stubEnv('LOG', log.path)
  const prepared = { command: '/bin/sh', args: ['-c', 'echo $$; exec sleep 60'], env: { PATH: process.env['PATH'] } }
  await expect(startChild(prepared, log)).rejects.toThrow('ps')
  const pid = Number(log.lastLines(1)[0])
  expect(pid).toBeGreaterThan(1)
  await expect.poll(() => runs(pid)).toBe(false)
})
