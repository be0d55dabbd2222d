import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { LogFile, logNames } from './log-files.ts'

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
  await vi.waitFor(() => expect(lines).toEqual(['half €', 'three']))
})

test('begins anew in a log that was set aside', async () => {
  await writeFile(path(), 'a long first line\n')
  const log = new LogFile(folder, 'worker')
  expect(await log.lastLines(5)).toEqual(['a long first line'])
  const lines: string[] = []
  await writeFile(path(), 'new\n')
  log.follow((line) => lines.push(line))
  await vi.waitFor(() => expect(lines).toEqual(['new']))
})
