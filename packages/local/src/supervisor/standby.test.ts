import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { standby } from '../dev/standby.ts'
import { runs, served, Stage, statusOf } from './stage.fixture.ts'
import type { Supervisor } from './index.ts'

/** As long as a busy machine may need. */
const WAIT = { timeout: 20_000 }

let stage: Stage
let supervisor: Supervisor
beforeEach(async () => {
  stage = new Stage()
  supervisor = await stage.start({ server: await served() })
  await supervisor.whenReady()
})
afterEach(() => stage.close())

/** The number of the copy that waits. It is recorded, so that it is ended should the supervisor be killed. */
async function warm(): Promise<number> {
  // Of the built package: the copy runs it.
  const preload = new URL('../../dist/dev/standby-preload.js', import.meta.url).href
  await supervisor.warm('server', (prepared) => {
    const waiting = standby(prepared, ['node:zlib', 'file:///nowhere.js'])
    return { ...waiting, args: waiting.args.map((arg) => (arg.endsWith('standby-preload.js') ? preload : arg)) }
  })
  const { pid } = statusOf(supervisor, 'server')
  const others = stage.recorded().filter((record) => record.pid !== pid)
  expect(others).toHaveLength(1)
  return others[0]?.pid ?? 0
}

test('a copy that waits has not begun, and is what a restart goes on with', async () => {
  const waiting = await warm()
  await supervisor.warm('server', () => expect.unreachable('there is one already'))
  expect(stage.pids('server started')).toHaveLength(1)
  await supervisor.restart('server')
  expect(statusOf(supervisor, 'server')).toMatchObject({ state: 'ready', pid: waiting })
  expect(stage.pids('server started').at(-1)).toBe(waiting)
})

test('a copy that was ended is not what a restart goes on with', async () => {
  const waiting = await warm()
  process.kill(waiting, 'SIGKILL')
  await vi.waitFor(() => expect(stage.recorded()).toHaveLength(1), WAIT)
  await supervisor.restart('server')
  expect(statusOf(supervisor, 'server').pid).not.toBe(waiting)
})

test('a stop ends the copy that waits', async () => {
  const waiting = await warm()
  await supervisor.stop()
  expect(runs(waiting)).toBe(false)
  expect(stage.recorded()).toEqual([])
})
