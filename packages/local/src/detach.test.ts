import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startDetached, type DetachedStart } from './detach.ts'
import { stateFolder, type StateFolder } from './state/index.ts'
import { temporaryFolder } from './state/temporary-folder.fixture.ts'
import { stopPlatform } from './stop.ts'

const FIXTURE = fileURLToPath(new URL('platform.fixture.ts', import.meta.url))

async function start(...states: readonly string[]): Promise<{ start: DetachedStart; state: StateFolder }> {
  const project = await temporaryFolder()
  const state = stateFolder(project, 'development')
  const options = { state, cwd: process.cwd(), args: ['--import', 'tsx', FIXTURE, project, ...states], onStatus: () => undefined }
  return { start: await startDetached(options), state }
}

test.each(['ready', 'degraded'])('a platform that is %s when it is first seen after the start has started', async (last) => {
  const { start: started, state } = await start('starting', last)
  expect(started).toMatchObject({ status: { state: last } })
  await stopPlatform(state)
})

test.each([
  ['was stopped while it started', ['starting', 'stopping', 'end']],
  ['ended before it said anything', ['end']],
])('a start that %s has failed, although its process ended with 0', async (_what, states) => {
  expect((await start(...states)).start).toEqual({ exitCode: 1, output: '' })
})

test('a start whose process is killed says so', async () => {
  expect((await start('starting', 'killed')).start).toEqual({ exitCode: 1, output: 'the process that started it was ended by SIGKILL\n' })
})

test('a process that cannot be started is an error, and not waited for', async () => {
  const project = await temporaryFolder()
  const options = { state: stateFolder(project, 'development'), cwd: join(project, 'nowhere'), args: [], onStatus: () => undefined }
  await expect(startDetached(options)).rejects.toThrow('ENOENT')
})

test('paths of ours are seen from the folder of the command, not from that of the project', async () => {
  vi.stubEnv('SUNDIAL_CACHE', 'own-cache')
  onTestFinished(() => void vi.unstubAllEnvs())
  const { state } = await start('ready')
  expect(JSON.parse(await readFile(join(state.run, 'environment'), 'utf8'))).toMatchObject({ SUNDIAL_CACHE: join(process.cwd(), 'own-cache') })
  await stopPlatform(state)
})
