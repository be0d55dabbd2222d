import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'
import { newCluster } from './cluster.fixture.ts'
import { initialise } from './initialise.ts'
import { initOptions } from './init-options.ts'

test('an interrupted initdb leaves no data folder, and the next one makes it', async () => {
  const { init } = await newCluster()
  const stop = new AbortController()
  const watch = setInterval(() => existsSync(join(`${init.dataFolder}.incomplete`, 'PG_VERSION')) && stop.abort(), 1)
  await expect(initialise(init, stop.signal)).rejects.toThrow(/aborted/)
  clearInterval(watch)
  expect(existsSync(init.dataFolder)).toBe(false)
  await initialise(init)
  expect(existsSync(join(init.dataFolder, 'global', 'pg_control'))).toBe(true)
  expect(existsSync(`${init.dataFolder}.incomplete`)).toBe(false)
  for (const file of ['sundial.conf', 'pg_hba.conf', 'postgresql.conf']) expect((await stat(join(init.dataFolder, file))).mode & 0o777).toBe(0o600)
})

test('an empty folder is as good as none, another is not touched', async () => {
  const [{ init: empty }, { init: foreign }] = [await newCluster(), await newCluster()]
  await mkdir(empty.dataFolder, { recursive: true })
  await initialise(empty)
  expect(existsSync(join(empty.dataFolder, 'PG_VERSION'))).toBe(true)
  await mkdir(foreign.dataFolder, { recursive: true })
  await writeFile(join(foreign.dataFolder, 'photo.jpg'), '')
  await expect(initialise(foreign)).rejects.toThrow(/is not a data folder of PostgreSQL, and not empty: it holds photo\.jpg/)
  expect(await readdir(foreign.dataFolder)).toEqual(['photo.jpg'])
})

test('data of another major is not touched', async () => {
  const { init } = await newCluster()
  await mkdir(init.dataFolder, { recursive: true })
  await writeFile(join(init.dataFolder, 'PG_VERSION'), '14\n')
  await expect(initialise(init)).rejects.toThrow(`${init.dataFolder} was made by PostgreSQL 14; the platform runs 15`)
  expect(await readdir(init.dataFolder)).toEqual(['PG_VERSION'])
})

const valid = { major: 15, dataFolder: '/d', superuser: 'postgres', passwordFile: '/p', certFile: '/c', keyFile: '/k', port: 5432 }

test.each([
  ['an address that others can reach', { listen: '0.0.0.0' }],
  ['no major', { major: undefined }],
  ['something that is not a setting', { settings: { 'x = 1\ny': '2' } }],
  ['an option that is not known', { ports: 1 }],
])('%s is refused', (_what, change) => {
  expect(initOptions.safeParse(valid).success).toBe(true)
  expect(initOptions.safeParse({ ...valid, ...change }).success).toBe(false)
})

const entry = fileURLToPath(new URL('../../dist/postgresql/init.js', import.meta.url))

/** Runs the job as the platform does. */
async function runJob(options: unknown, onStart?: (job: ChildProcess) => void): Promise<{ code: number | null; stderr: string }> {
  const file = join(await temporaryFolder(), 'init.json')
  await writeFile(file, JSON.stringify(options))
  const job = spawn(process.execPath, [entry, file], { stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  job.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()))
  onStart?.(job)
  const [code] = (await once(job, 'close')) as [number | null]
  return { code, stderr }
}

test('the job says what is wrong with its options, and ends with 1', async () => {
  const { code, stderr } = await runJob({ ...valid, listen: '0.0.0.0' })
  expect(code).toBe(1)
  expect(stderr).toContain('listen: Invalid option')
  expect(stderr).not.toContain('    at ')
})

test('the job stops initdb at a signal, and works the next time', async () => {
  const { init } = await newCluster()
  const { code, stderr } = await runJob(init, (job) => {
    const watch = setInterval(() => {
      if (!existsSync(`${init.dataFolder}.incomplete`)) return
      clearInterval(watch)
      job.kill('SIGTERM')
    }, 5)
  })
  expect(code).toBe(1)
  expect(stderr).toContain('stopped by SIGTERM')
  expect(existsSync(init.dataFolder)).toBe(false)
  expect(await runJob(init)).toEqual({ code: 0, stderr: '' })
  expect(existsSync(join(init.dataFolder, 'global', 'pg_control'))).toBe(true)
})
