import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'
import { readProcesses, writeProcesses } from './process-record.ts'

const record = { name: 'server', pid: 4711, started: '1', signal: 'SIGTERM', graceSeconds: 10 } as const

test('what is recorded is read again; no record is an empty one', async () => {
  const run = await temporaryFolder()
  expect(readProcesses(run)).toEqual([])
  writeProcesses(run, [record])
  expect(readProcesses(run)).toEqual([record])
})

test.each(['', '{}', '[1]', '[null]', JSON.stringify([{ ...record, pid: -1 }]), JSON.stringify([{ ...record, signal: undefined }])])(
  'refuses %j as a record',
  async (content) => {
    const run = await temporaryFolder()
    await writeFile(join(run, 'processes.json'), content)
    expect(() => readProcesses(run)).toThrow(expect.objectContaining({ code: 'SUN_STATE_UNUSABLE' }))
  },
)

test('a record that cannot be opened is not called damaged', async () => {
  const run = await temporaryFolder()
  await mkdir(join(run, 'processes.json'))
  expect(() => readProcesses(run)).toThrow('EISDIR')
})
