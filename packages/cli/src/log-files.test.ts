import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { LogFile, logNames, logsOf } from './log-files.ts'

/** As long as a busy machine may need. */
const WAIT = { timeout: 20_000 }

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sundial-logs-'))
  onTestFinished(() => rm(folder, { recursive: true }))
})
const path = () => join(folder, 'worker.log')

test('names what has a log; a folder that is not there has none', async () => {
  await writeFile(path(), '')
  await writeFile(join(folder, 'worker.log.1'), '')
  expect(await logNames(folder)).toEqual(['worker'])
  expect(await logNames(join(folder, 'none'))).toEqual([])
})

test('follows from where the last lines ended, across half lines and half characters', async () => {
  const euro = Buffer.from('€')
  await writeFile(path(), Buffer.concat([Buffer.from('one\ntwo\nhalf '), euro.subarray(0, 1)]))
  const log = new LogFile(folder, 'worker')
  expect(await log.lastLines(1)).toEqual(['two'])
  const lines: string[] = []
  await appendFile(path(), Buffer.concat([euro.subarray(1), Buffer.from('\nthree\n')]))
  log.follow((line) => lines.push(line))
  await vi.waitFor(() => expect(lines).toEqual(['half €', 'three']), WAIT)
})

test('begins anew in a log that was set aside', async () => {
  await writeFile(path(), 'a long first line\n')
  const log = new LogFile(folder, 'worker')
  expect(await log.lastLines(5)).toEqual(['a long first line'])
  const lines: string[] = []
  await writeFile(path(), 'new\n')
  log.follow((line) => lines.push(line))
  await vi.waitFor(() => expect(lines).toEqual(['new']), WAIT)
})

test('a name is a process, or a workload with all its copies', () => {
  const known = ['history', 'history-1', 'history-2', 'history-setup', 'worker']
  const one = (name: string, workload = name, kind: 'service' | 'job' = 'service') => ({ name, workload, kind })
  expect(logsOf('history', known)).toEqual(['history', 'history-1', 'history-2'])
  expect(logsOf('history-2', known)).toEqual(['history-2'])
  expect(logsOf('histor', known)).toEqual([])
  expect(logsOf(undefined, known)).toEqual(known)
  // While the platform runs, what earlier starts have left is meant only by its own name.
  const two = [one('history-1', 'history'), one('history-2', 'history'), one('worker')]
  expect(logsOf('history', known, two)).toEqual(['history-1', 'history-2'])
  expect(logsOf(undefined, known, [one('history'), one('worker')])).toEqual(['history', 'worker'])
  expect(logsOf('history-2', known, [one('history')])).toEqual(['history-2'])
  // A job that prepares it is meant by its own name.
  const prepared = [one('history'), one('worker', 'history', 'job')]
  expect(logsOf('history', known, prepared)).toEqual(['history'])
  expect(logsOf('worker', known, prepared)).toEqual(['worker'])
})
