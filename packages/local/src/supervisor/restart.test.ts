import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RestartError, StoppedError, type ProcessStatus } from './index.ts'
import { runs, served, Stage, statusOf, until, whenCompleted, whenReady } from './stage.fixture.ts'

let stage: Stage
beforeEach(() => {
  stage = new Stage()
})
afterEach(() => stage.close())

test('a service is replaced without a pause, and those that need it go on', async () => {
  const supervisor = await stage.start({ server: await served(), client: { needs: whenReady('server') } }, { timing: { firstBackoffMs: 60_000 } })
  await supervisor.whenReady()
  const before = { server: statusOf(supervisor, 'server'), client: statusOf(supervisor, 'client') }
  const seen: string[] = []
  supervisor.events.on('change', ({ name, state, problem }: ProcessStatus) => seen.push(`${name} ${state}${problem === undefined ? '' : ` ${problem}`}`))
  await supervisor.restart('server')
  const after = statusOf(supervisor, 'server')
  expect(after).toMatchObject({ state: 'ready', restarts: 0 })
  expect(after.pid).not.toBe(before.server.pid)
  expect(runs(before.server.pid ?? 0)).toBe(false)
  expect(statusOf(supervisor, 'client')).toEqual(before.client)
  expect(seen).toContain('server restarting was asked to restart')
  const events = stage.events().filter((event) => event.startsWith('server'))
  expect(events).toEqual(['server started', 'server asked SIGTERM', 'server stopped', 'server started'])
})

test('one that hands over is followed at once, and finishes its work; the stop waits for it', async () => {
  const role = await served({ env: { HANDS_OVER: 'yes', STOP_MS: '1500' }, stop: { signal: 'SIGTERM', graceSeconds: 10, handsOver: true } })
  const supervisor = await stage.start({ server: { ...role, ports: { http: { number: Number(role.env?.['PORT']), protocol: 'http' } } } })
  await supervisor.whenReady()
  const { pid: old = 0 } = statusOf(supervisor, 'server')
  await supervisor.restart('server')
  expect(stage.events()).toEqual(['server started', 'server asked SIGTERM', 'server started'])
  expect(runs(old)).toBe(true)
  const recorded = stage.recorded()
  expect(recorded.map(({ pid }) => pid).toSorted()).toEqual([old, statusOf(supervisor, 'server').pid].toSorted())
  await supervisor.stop()
  expect(runs(old)).toBe(false)
  expect(stage.events().filter((event) => event === 'server stopped')).toHaveLength(2)
  expect(stage.recorded()).toEqual([])
})

test('one that does not come up again is reported with its last lines, and tried again', async () => {
  const broken = join(stage.folder, 'broken')
  const supervisor = await stage.start({ server: await served({ env: { BROKEN: broken, SAY: 'reading settings' } }) })
  await supervisor.whenReady()
  writeFileSync(broken, '')
  const error = await supervisor.restart('server').catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(RestartError)
  expect((error as RestartError).problem).toMatchObject({ process: 'server', reason: 'ended with code 3', lastLines: ['reading settings'] })
  rmSync(broken)
  await until(supervisor, 'server', ({ state }) => state === 'ready')
})

test('a restart ends the pause after a death', async () => {
  const supervisor = await stage.start({ server: await served() }, { timing: { firstBackoffMs: 60_000, longestBackoffMs: 60_000 } })
  await supervisor.whenReady()
  process.kill(statusOf(supervisor, 'server').pid ?? 0, 'SIGKILL')
  await until(supervisor, 'server', ({ state }) => state === 'restarting')
  await supervisor.restart('server')
  expect(statusOf(supervisor, 'server').state).toBe('ready')
})

test('a job that completed runs again', async () => {
  const supervisor = await stage.start({ job: { kind: 'job', env: { CODE: '0' } }, server: { needs: whenCompleted('job') } })
  await supervisor.whenReady()
  await supervisor.restart('job')
  expect(statusOf(supervisor, 'job').state).toBe('completed')
  expect(stage.events().filter((event) => event === 'job started')).toHaveLength(2)
})

test('restarts that come together end with one process that is ready', async () => {
  const supervisor = await stage.start({ server: await served({ env: { STOP_MS: '50' } }) })
  await supervisor.whenReady()
  await Promise.all([supervisor.restart('server'), supervisor.restart('server')])
  await Promise.all([supervisor.restart('server'), until(supervisor, 'server', ({ state }) => state === 'starting').then(() => supervisor.restart('server'))])
  expect(statusOf(supervisor, 'server').state).toBe('ready')
  const started = stage.pids('server started')
  expect(started.filter(runs)).toEqual([statusOf(supervisor, 'server').pid])
})

test('a restart that is not ready in time says why not', async () => {
  const supervisor = await stage.start({ server: await served() }, { timing: { restartDeadlineMs: 500 } })
  await supervisor.whenReady()
  writeFileSync(stage.notReady, '')
  const error = await supervisor.restart('server').catch((reason: unknown) => reason)
  expect((error as RestartError).problem.reason).toMatch(/^starting \(GET .*\): answered 503: still loading$/)
  expect(existsSync(stage.notReady)).toBe(true)
})

test('nothing restarts while everything is being stopped', async () => {
  const supervisor = await stage.start({ server: await served() })
  await supervisor.whenReady()
  const stopped = supervisor.stop()
  await expect(supervisor.restart('server')).rejects.toBeInstanceOf(StoppedError)
  await stopped
})
