import { rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { StartError } from './index.ts'
import { Stage, runs, served, statusOf, until, whenCompleted, whenOneIsReady, whenReady } from './stage.fixture.ts'
import { backoffMs, DEFAULT_TIMING } from './timing.ts'

let stage: Stage
beforeEach(() => {
  stage = new Stage()
})
afterEach(async () => await stage.close())

const starts = (name: string): number => stage.events().filter((event) => event === `${name} started`).length

async function startError(promise: Promise<unknown>): Promise<StartError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(StartError)
  return error as StartError
}

test('waits a quarter of a second, then twice as long each time, and never more than half a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 60].map((deaths) => backoffMs(deaths, DEFAULT_TIMING))).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 30_000])
})

test('a service that dies is started again, and those that need it keep running', async () => {
  const supervisor = await stage.start({ server: await served(), worker: await served({ needs: whenReady('server') }) })
  await supervisor.whenReady()
  const { pid = 0 } = statusOf(supervisor, 'server')
  process.kill(pid, 'SIGKILL')
  expect(await until(supervisor, 'server', ({ state }) => state === 'restarting')).toMatchObject({ problem: 'was ended by SIGKILL', restarts: 1 })
  expect(supervisor.status().state).toBe('degraded')
  const again = await until(supervisor, 'server', ({ state }) => state === 'ready')
  expect(again.pid).not.toBe(pid)
  expect(again.problem).toBeUndefined()
  expect(statusOf(supervisor, 'worker')).toMatchObject({ state: 'ready', restarts: 0 })
  expect(supervisor.status().state).toBe('ready')
})

test('a service that is started again waits for what it needs', async () => {
  const worker = await served({ needs: whenReady('server'), env: { NOT_READY: '' } })
  const supervisor = await stage.start({ server: await served(), worker })
  await supervisor.whenReady()
  stage.makeNotReady()
  await until(supervisor, 'server', ({ state }) => state === 'not-ready')
  expect(statusOf(supervisor, 'worker').state).toBe('ready')
  process.kill(statusOf(supervisor, 'worker').pid ?? 0, 'SIGKILL')
  expect(await until(supervisor, 'worker', ({ state }) => state === 'waiting')).toMatchObject({ waitingFor: ['server'], restarts: 1 })
  rmSync(stage.notReady)
  await until(supervisor, 'worker', ({ state }) => state === 'ready')
  expect(supervisor.status().state).toBe('ready')
})

test('a service that is started again needs one copy only: that the other is down does not hold it up', async () => {
  const server = await served({ env: { NOT_READY: '' } })
  const supervisor = await stage.start({
    'server-1': await served(),
    'server-2': server,
    worker: await served({ needs: whenOneIsReady('server-1', 'server-2'), env: { NOT_READY: '' } }),
  })
  await supervisor.whenReady()
  writeFileSync(stage.notReady, '')
  await until(supervisor, 'server-1', ({ state }) => state === 'not-ready')
  process.kill(statusOf(supervisor, 'worker').pid ?? 0, 'SIGKILL')
  await until(supervisor, 'worker', ({ state, restarts }) => state === 'ready' && restarts === 1)
  expect(statusOf(supervisor, 'server-1').state).toBe('not-ready')
})

test('a service that dies again and again after the start waits longer and longer, and is not given up', async () => {
  const supervisor = await stage.start({ server: await served() }, { timing: { startAttempts: 2, firstBackoffMs: 10, longestBackoffMs: 40 } })
  await supervisor.whenReady()
  const waits: number[] = []
  for (let death = 1; death <= 4; death++) {
    process.kill(statusOf(supervisor, 'server').pid ?? 0, 'SIGKILL')
    const { since } = await until(supervisor, 'server', ({ state, restarts }) => state === 'restarting' && restarts === death)
    const next = await until(supervisor, 'server', ({ state }) => state === 'starting')
    waits.push(Date.parse(next.since) - Date.parse(since))
    await supervisor.whenReady('server')
  }
  // Timers come late, never early (a millisecond is lost in rounding).
  expect(waits.map((wait, index) => wait >= [10, 20, 40, 40][index]! - 2)).toEqual([true, true, true, true])
})

test('a long time of health forgets earlier deaths', async () => {
  const supervisor = await stage.start({ server: await served() }, { timing: { healthyAfterMs: 0, firstBackoffMs: 1, longestBackoffMs: 60_000 } })
  await supervisor.whenReady()
  // Without forgetting, the last of these waits would be a quarter of a minute.
  for (let death = 1; death <= 15; death++) {
    process.kill(statusOf(supervisor, 'server').pid ?? 0, 'SIGKILL')
    await until(supervisor, 'server', ({ restarts, state }) => restarts === death && state === 'ready')
  }
  expect(statusOf(supervisor, 'server').restarts).toBe(15)
})

test('a service that dies at its first start five times fails the start, with what it said last', async () => {
  const supervisor = await stage.start({ server: await served({ env: { SAY: 'the port is taken', CODE: '7' } }), worker: { needs: whenReady('server') } })
  const error = await startError(supervisor.whenReady())
  expect(error.problems).toEqual([{ process: 'server', reason: 'ended with code 7', logFile: `${stage.logs}/server.log`, lastLines: ['the port is taken'] }])
  expect(error.message).toBe(`the platform did not start:\n  - server: ended with code 7\n    last lines of ${stage.logs}/server.log:\n      the port is taken`)
  expect(starts('server')).toBe(5)
  expect(starts('worker')).toBe(0)
  expect(supervisor.status().state).toBe('failed')
})

test('why a service died is known at its first death', async () => {
  const supervisor = await stage.start({ server: await served({ env: { SAY: 'the setting x is unknown', CODE: '7' } }) })
  await until(supervisor, 'server', ({ state }) => state === 'restarting')
  expect(supervisor.problem('server')).toMatchObject({ reason: 'ended with code 7', lastLines: ['the setting x is unknown'] })
  expect(starts('server')).toBe(1)
})

test('a service that comes up at the fifth attempt is fine', async () => {
  const supervisor = await stage.start({ server: await served({ env: { FAILURES: '4' } }) })
  await supervisor.whenReady()
  expect(statusOf(supervisor, 'server')).toMatchObject({ state: 'ready', restarts: 4 })
})

test('a job is tried three times, and then the start fails, and nothing more is started', async () => {
  const supervisor = await stage.start({
    database: await served(),
    schema: { kind: 'job', needs: whenReady('database'), env: { SAY: 'relation "x" exists', CODE: '2' } },
    server: await served({ needs: whenCompleted('schema') }),
  })
  const error = await startError(supervisor.whenReady())
  expect(error.problems).toMatchObject([{ process: 'schema', reason: 'ended with code 2', lastLines: ['relation "x" exists'] }])
  expect([starts('schema'), starts('server')]).toEqual([3, 0])
  expect(statusOf(supervisor, 'database').state).toBe('ready')
  await supervisor.stop()
  expect(statusOf(supervisor, 'schema').state).toBe('failed')
})

test('a job may fail and succeed then', async () => {
  const supervisor = await stage.start({ schema: { kind: 'job', env: { FAILURES: '2', CODE: '0' } } })
  await supervisor.whenReady()
  expect([starts('schema'), statusOf(supervisor, 'schema').state]).toEqual([3, 'completed'])
})

test('what cannot be started at all fails the start at once', async () => {
  const supervisor = await stage.start({ server: { command: '/nowhere/temporal-server' } })
  const error = await startError(supervisor.whenReady())
  expect(error.message).toContain('server: /nowhere/temporal-server cannot be started: spawn /nowhere/temporal-server ENOENT')
})

test('what cannot be prepared fails the start at once', async () => {
  const options = { prepare: () => Promise.reject(new Error('the secret temporal-database/password is missing')) }
  const error = await startError((await stage.start({ server: {} }, options)).whenReady())
  expect(error.problems).toMatchObject([{ process: 'server', reason: 'the secret temporal-database/password is missing' }])
})

test('the start has a deadline, which names what is not ready and why', async () => {
  const roles = { stuck: await served({ env: { AFTER: 'nobody', SAY: 'loading shards' } }), later: { needs: whenReady('stuck') } }
  const supervisor = await stage.start(roles, { timing: { startDeadlineMs: 1_000 } })
  const error = await startError(supervisor.whenReady())
  expect(error.problems).toMatchObject([
    {
      process: 'stuck',
      reason: expect.stringMatching(/^not ready after 1 s: starting \(GET http:.*\/readyz\): answered 503: still loading$/),
      lastLines: ['loading shards'],
    },
    { process: 'later', reason: 'not ready after 1 s: waits for stuck' },
  ])
  const { pid = 0 } = statusOf(supervisor, 'stuck')
  expect(runs(pid)).toBe(true)
  await supervisor.stop()
  expect(runs(pid)).toBe(false)
})

test('there is no deadline after the start', async () => {
  const supervisor = await stage.start({ server: await served() }, { timing: { startDeadlineMs: 2_000, firstBackoffMs: 3_000, longestBackoffMs: 3_000 } })
  await supervisor.whenReady()
  process.kill(statusOf(supervisor, 'server').pid ?? 0, 'SIGKILL')
  await until(supervisor, 'server', ({ state, restarts }) => state === 'ready' && restarts === 1)
  expect(supervisor.status().state).toBe('ready')
})
