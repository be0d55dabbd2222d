import { rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Stage, runs, served, statusOf, until, whenCompleted, whenOneIsReady, whenReady } from './stage.fixture.ts'
import { startSupervisor, StoppedError } from './index.ts'

let stage: Stage
beforeEach(() => {
  stage = new Stage()
})
afterEach(async () => await stage.close())

test('starts each process when what it needs is ready or completed, and stops in the reverse order', async () => {
  const supervisor = await stage.start({
    database: await served({ stop: { signal: 'SIGINT', graceSeconds: 10 } }),
    schema: { kind: 'job', needs: whenReady('database'), env: { CODE: '0' } },
    server: await served({ needs: whenCompleted('schema') }),
    // Slow to stop: if the server did not wait for it, the server would be first.
    worker: await served({ needs: whenReady('server'), env: { STOP_MS: '150' } }),
  })
  await supervisor.whenReady()
  expect(stage.events()).toEqual(['database started', 'schema started', 'server started', 'worker started'])
  expect(supervisor.status()).toMatchObject({ state: 'ready', pid: process.pid })
  expect(supervisor.status().processes.map(({ state }) => state)).toEqual(['ready', 'completed', 'ready', 'ready'])
  await supervisor.stop()
  expect(stage.events().slice(4)).toEqual([
    'worker asked SIGTERM',
    'worker stopped',
    'server asked SIGTERM',
    'server stopped',
    'database asked SIGINT',
    'database stopped',
  ])
  expect(supervisor.status().processes.map(({ state }) => state)).toEqual(['stopped', 'completed', 'stopped', 'stopped'])
})

test('waits for readiness, not only for the start', async () => {
  writeFileSync(stage.notReady, '')
  const supervisor = await stage.start({ database: await served(), server: await served({ needs: whenReady('database') }) })
  await until(supervisor, 'database', ({ problem }) => problem === 'answered 503: still loading')
  expect(statusOf(supervisor, 'server')).toMatchObject({ state: 'waiting', waitingFor: ['database'] })
  expect(stage.events()).toEqual(['database started'])
  rmSync(stage.notReady)
  await supervisor.whenReady()
  expect(statusOf(supervisor, 'server')).toMatchObject({ state: 'ready', waitingFor: [] })
})

test('is content with one of several copies, and stops all of them after whoever needs one', async () => {
  const supervisor = await stage.start({
    'server-1': await served({ env: { AFTER: 'worker' } }),
    'server-2': await served(),
    worker: await served({ needs: whenOneIsReady('server-1', 'server-2'), env: { STOP_MS: '150' } }),
  })
  await supervisor.whenReady()
  expect(stage.events().at(-1)).toBe('worker started')
  await supervisor.stop()
  expect(stage.events().slice(3, 5)).toEqual(['worker asked SIGTERM', 'worker stopped'])
})

test('says which copies it waits for', async () => {
  writeFileSync(stage.notReady, '')
  const supervisor = await stage.start({
    'server-1': await served(),
    'server-2': await served(),
    worker: { needs: whenOneIsReady('server-1', 'server-2') },
  })
  await until(supervisor, 'server-2', ({ problem }) => problem === 'answered 503: still loading')
  expect(statusOf(supervisor, 'worker')).toMatchObject({ state: 'waiting', waitingFor: ['server-1 or server-2'] })
})

test('starts what does not depend on each other at the same time', async () => {
  // Each is ready only when the other was started.
  const supervisor = await stage.start({ left: await served({ env: { AFTER: 'right' } }), right: await served({ env: { AFTER: 'left' } }) })
  await supervisor.whenReady()
  expect(supervisor.status().state).toBe('ready')
})

test('one process can be waited for before the others', async () => {
  const supervisor = await stage.start({ database: await served(), never: await served({ env: { AFTER: 'nobody' } }) })
  await supervisor.whenReady('database')
  expect(supervisor.status().state).toBe('starting')
  await expect(supervisor.whenReady('nobody')).rejects.toThrow('there is no process "nobody"; there are database, never')
})

test('ends what does not stop, with all that it started, after its grace', async () => {
  const stubborn = await served({ env: { IGNORE: '1', GRANDCHILD: '1' }, stop: { signal: 'SIGTERM', graceSeconds: 0.2 } })
  const supervisor = await stage.start({ stubborn })
  await supervisor.whenReady()
  const [pid = 0, grandchild = 0] = [...stage.pids('stubborn started'), ...stage.pids('stubborn grandchild')]
  expect([runs(pid), runs(grandchild)]).toEqual([true, true])
  await supervisor.stop()
  expect(stage.events()).toContain('stubborn asked SIGTERM')
  expect(statusOf(supervisor, 'stubborn')).toMatchObject({ state: 'stopped', problem: 'was ended by SIGKILL' })
  expect(runs(pid)).toBe(false)
  await expect.poll(() => runs(grandchild)).toBe(false)
})

test('a process that stops well leaves nothing behind either', async () => {
  const supervisor = await stage.start({ careless: await served({ env: { GRANDCHILD: '1' } }) })
  await supervisor.whenReady()
  const [grandchild = 0] = stage.pids('careless grandchild')
  await supervisor.stop()
  await expect.poll(() => runs(grandchild)).toBe(false)
})

test('a second stop joins the first, and whoever waits for the start hears of it', async () => {
  const supervisor = await stage.start({ slow: await served({ env: { STOP_MS: '100' } }), never: await served({ env: { AFTER: 'nobody' } }) })
  await supervisor.whenReady('slow')
  const waiting = supervisor.whenReady().catch((reason: unknown) => reason)
  const stops = [supervisor.stop(), supervisor.stop()]
  expect(supervisor.status().state).toBe('stopping')
  await Promise.all(stops)
  await supervisor.stop()
  expect(await waiting).toBeInstanceOf(StoppedError)
  expect(stage.events().filter((event) => event === 'slow asked SIGTERM')).toHaveLength(1)
  expect(supervisor.status().state).toBe('stopped')
})

test('what was not started yet is not started by a stop', async () => {
  const supervisor = await stage.start({ never: await served({ env: { AFTER: 'nobody' } }), later: { needs: whenReady('never') } })
  await until(supervisor, 'never', ({ problem }) => problem !== undefined)
  await supervisor.stop()
  expect(stage.events().filter((event) => event.startsWith('later'))).toEqual([])
  expect(statusOf(supervisor, 'later').state).toBe('stopped')
})

test.each([
  ['what does not exist', { server: { needs: whenReady('database') } }, 'server needs database to be ready, which does not stand before it'],
  ['what comes later', { server: { needs: whenReady('database') }, database: {} }, 'server needs database to be ready, which does not stand before it'],
  [
    'a service that completes',
    { database: {}, server: { needs: whenCompleted('database') } },
    'server needs database to be completed, which is a service and never completes',
  ],
  [
    'a task',
    { demo: { kind: 'task' }, server: { needs: whenCompleted('demo') } },
    'server needs demo to be completed, which is a task and runs only when asked for',
  ],
] as const)('a plan that needs %s is refused', async (_case, roles, problem) => {
  await expect(startSupervisor(stage.options(roles))).rejects.toThrow(problem)
})

test('only what has a signal for it is told to read its certificates again, and only while it runs', async () => {
  const supervisor = await stage.start({ server: await served({ reload: 'SIGHUP' }), other: await served() })
  await supervisor.whenReady()
  supervisor.reload()
  await expect.poll(() => stage.events()).toContain('server asked SIGHUP')
  process.kill(statusOf(supervisor, 'server').pid ?? 0, 'SIGKILL')
  await until(supervisor, 'server', ({ state }) => state === 'restarting')
  supervisor.reload()
  await until(supervisor, 'server', ({ state }) => state === 'ready')
  expect(stage.events().filter((event) => event.includes('SIGHUP'))).toEqual(['server asked SIGHUP'])
})
