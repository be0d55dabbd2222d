import { existsSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockState, openState, stateFolder, type Lock, type StateFolder } from '../state/index.ts'
import { served, Stage, statusOf } from '../supervisor/stage.fixture.ts'
import type { Supervisor } from '../supervisor/index.ts'
import { controlPath, restartProcess, serveControl, type ControlServer } from './index.ts'

let stage: Stage
let state: StateFolder
let lock: Lock
let supervisor: Supervisor
let control: ControlServer
beforeEach(async () => {
  stage = new Stage()
  state = stateFolder(stage.folder, 'development')
  await openState(state)
  lock = await lockState(state)
  const broken = join(stage.folder, 'broken')
  const task = { kind: 'task' as const }
  supervisor = await stage.start({ server: await served({ env: { BROKEN: broken, SAY: 'reading settings' } }), show: task }, { run: state.run })
  control = await serveControl(controlPath(state), supervisor)
  await supervisor.whenReady()
})
afterEach(async () => {
  await control.close()
  await stage.close()
  await lock.release()
})

test('a restart is done when the process is ready again; only this user can ask for it', async () => {
  const { pid } = statusOf(supervisor, 'server')
  await restartProcess(state, 'server')
  expect(statusOf(supervisor, 'server')).toMatchObject({ state: 'ready', restarts: 0 })
  expect(statusOf(supervisor, 'server').pid).not.toBe(pid)
  expect(statSync(controlPath(state)).mode & 0o777).toBe(0o600)
})

test('one that does not come up is answered with its last lines', async () => {
  writeFileSync(join(stage.folder, 'broken'), '')
  await expect(restartProcess(state, 'server')).rejects.toMatchObject({
    code: 'SUN_RESTART_FAILED',
    message: 'server did not come up again: ended with code 3\n    reading settings',
    hint: expect.stringContaining('./sundial logs server'),
  })
})

test('a name that is none of a process says which there are', async () => {
  await expect(restartProcess(state, 'servr')).rejects.toMatchObject({ code: 'SUN_UNKNOWN_NAME', hint: expect.stringContaining('"server"') })
  await expect(restartProcess(state, 'show')).rejects.toMatchObject({ code: 'SUN_UNKNOWN_NAME', message: expect.stringMatching(/there are server$/) })
})

test('a platform that is stopped meanwhile says so', async () => {
  await supervisor.stop()
  await expect(restartProcess(state, 'server')).rejects.toMatchObject({ code: 'SUN_RESTART_FAILED', message: expect.stringContaining('was stopped') })
})

test.each(['no document', '{"command":"restart"}', '{"command":"stop","process":"server"}', 'null'])(
  'what it does not understand is answered: %s',
  async (line) => {
    const socket = connect(controlPath(state))
    socket.write(`${line}\n`)
    expect(JSON.parse(await text(socket))).toEqual({ kind: 'unknown', message: `this platform does not understand ${line}` })
  },
)

test('the socket is gone after the close, and one that was left behind is replaced', async () => {
  await control.close()
  expect(existsSync(controlPath(state))).toBe(false)
  writeFileSync(controlPath(state), '')
  control = await serveControl(controlPath(state), supervisor)
  await restartProcess(state, 'server')
})

test('a state folder whose path is too long for a socket has it elsewhere', () => {
  const deep = stateFolder(join('/', 'x'.repeat(120)), 'development')
  expect(Buffer.byteLength(controlPath(deep))).toBeLessThanOrEqual(103)
  expect(controlPath(deep)).not.toBe(controlPath(stateFolder(join('/', 'y'.repeat(120)), 'development')))
})
