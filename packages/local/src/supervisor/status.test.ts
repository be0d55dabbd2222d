import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SupervisorStatus } from './index.ts'
import { readProcesses } from './process-record.ts'
import { Stage, served, statusOf, until, whenReady } from './stage.fixture.ts'

let stage: Stage
beforeEach(() => {
  stage = new Stage()
})
afterEach(async () => await stage.close())

const written = (): SupervisorStatus => JSON.parse(readFileSync(join(stage.run, 'status.json'), 'utf8')) as SupervisorStatus

test('readiness is watched for the whole life', async () => {
  const supervisor = await stage.start({ server: await served() })
  await supervisor.whenReady()
  writeFileSync(stage.notReady, '')
  expect(await until(supervisor, 'server', ({ state }) => state === 'not-ready')).toMatchObject({ problem: 'answered 503: still loading', restarts: 0 })
  expect(supervisor.status().state).toBe('degraded')
  rmSync(stage.notReady)
  const again = await until(supervisor, 'server', ({ state }) => state === 'ready')
  expect(again.problem).toBeUndefined()
})

test('the status is in a file that only its owner can read, and follows every change', async () => {
  const supervisor = await stage.start({ server: await served() })
  await supervisor.whenReady()
  await expect.poll(written).toEqual(JSON.parse(JSON.stringify(supervisor.status())))
  expect(written()).toMatchObject({
    state: 'ready',
    pid: process.pid,
    processes: [{ name: 'server', state: 'ready', pid: statusOf(supervisor, 'server').pid }],
  })
  expect(statSync(join(stage.run, 'status.json')).mode & 0o777).toBe(0o600)
  await supervisor.stop()
  expect(written()).toMatchObject({ state: 'stopped', processes: [{ name: 'server', state: 'stopped' }] })
  expect(written().processes[0]).not.toHaveProperty('pid')
})

test('what runs is recorded, and what does not is not', async () => {
  const record = (): unknown => JSON.parse(readFileSync(join(stage.run, 'processes.json'), 'utf8'))
  const supervisor = await stage.start({ server: await served(), job: { kind: 'job', env: { CODE: '0' } } })
  await supervisor.whenReady()
  const { pid } = statusOf(supervisor, 'server')
  expect(record()).toEqual([{ name: 'server', pid, started: expect.any(String), signal: 'SIGTERM', graceSeconds: 10 }])
  await supervisor.stop()
  expect(record()).toEqual([])
})

test('what runs is recorded in start order, also after something was started again', async () => {
  const supervisor = await stage.start({ database: await served(), server: await served({ needs: whenReady('database') }) })
  await supervisor.whenReady()
  process.kill(statusOf(supervisor, 'database').pid ?? 0, 'SIGKILL')
  await until(supervisor, 'database', ({ state, restarts }) => state === 'ready' && restarts === 1)
  expect(readProcesses(stage.run).map(({ name, pid }) => [name, pid])).toEqual(['database', 'server'].map((name) => [name, statusOf(supervisor, name).pid]))
})

test('output of both kinds is in the log of the process, after that of earlier runs', async () => {
  const said = (): string => readFileSync(join(stage.logs, 'server.log'), 'utf8')
  const roles = { server: await served({ env: { SAY: 'hello', FAILURES: '1' } }) }
  const supervisor = await stage.start(roles)
  await supervisor.whenReady()
  expect(said()).toBe('hello\nhello\n')
  await supervisor.stop()
  const next = await stage.start(roles)
  await next.whenReady()
  expect(said()).toBe('hello\nhello\nhello\n')
})
