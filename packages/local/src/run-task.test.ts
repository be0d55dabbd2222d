import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Launch } from './launch.ts'
import { runTask } from './run-task.ts'
import { temporaryFolder } from './state/temporary-folder.fixture.ts'
import { StoppedError } from './supervisor/index.ts'
import { runs } from './supervisor/stage.fixture.ts'

const task = (script: string, cwd = process.cwd()): Launch => ({ command: process.execPath, args: ['-e', script], env: {}, cwd })
const never = new AbortController().signal

test('tells how the task ended', async () => {
  expect(await runTask(task('process.exitCode = 7'), { signal: never })).toBe(7)
  expect(await runTask(task('process.kill(process.pid, "SIGKILL")'), { signal: never })).toBe(1)
  await expect(runTask({ ...task(''), command: '/nowhere/node' }, { signal: never })).rejects.toThrow('ENOENT')
})

test.each([
  ['that stops when asked', 'process.on("SIGTERM", () => process.exit(0))', 60_000],
  ['that does not', 'process.on("SIGTERM", () => {})', 100],
])('the signal ends a task %s, and only then it is over', async (_which, handler, graceMs) => {
  const folder = await temporaryFolder()
  const script = `${handler}; setInterval(() => {}, 1000); require("node:fs").writeFileSync("pid", String(process.pid))`
  const stop = new AbortController()
  const ended = runTask(task(script, folder), { signal: stop.signal, graceMs }).catch((error: unknown) => error)
  const file = join(folder, 'pid')
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8')).toBeTruthy()
  const pid = Number(readFileSync(file, 'utf8'))
  expect(runs(pid)).toBe(true)
  stop.abort()
  expect(await ended).toBeInstanceOf(StoppedError)
  expect(runs(pid)).toBe(false)
})

test('a task is not started after the signal', async () => {
  await expect(runTask({ ...task(''), command: '/nowhere/node' }, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(StoppedError)
})
