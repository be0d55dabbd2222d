import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { openState, processIdentity, stateFolder, type StateFolder } from './state/index.ts'
import { temporaryFolder } from './state/temporary-folder.fixture.ts'
import { stopPlatform } from './stop.ts'
import { writeProcesses } from './supervisor/process-record.ts'
import { runs } from './supervisor/stage.fixture.ts'

let project: string
let state: StateFolder
beforeEach(async () => {
  project = await temporaryFolder()
  state = stateFolder(project, 'development')
  await openState(state)
})

/** A process of the platform that is recorded, as its supervisor does. */
async function recorded(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'spawn')
  const identity = await processIdentity(child.pid!)
  writeProcesses(state.run, [{ name: 'server', ...identity!, signal: 'SIGTERM', graceSeconds: 10 }])
  return child
}

test('ends what is left when the process of the platform dies and does not stop', async () => {
  const owner = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('platform.fixture.ts', import.meta.url)), project, 'ready'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(owner.stdout, 'data')
  const child = await recorded()
  // It has no handler of SIGTERM.
  await stopPlatform(state)
  expect(owner.signalCode ?? (await once(owner, 'exit'))[1]).toBe('SIGTERM')
  expect(runs(child.pid!)).toBe(false)
})

test('ends what is left when nobody runs the platform, and says so when nothing is', async () => {
  const child = await recorded()
  await stopPlatform(state)
  expect(runs(child.pid!)).toBe(false)
  await expect(stopPlatform(state)).rejects.toMatchObject({ code: 'SUN_NOT_RUNNING' })
})
