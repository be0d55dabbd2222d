import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Supervisor } from './index.ts'
import { type Role, Stage, served, statusOf, until, whenCompleted, whenReady } from './stage.fixture.ts'

let stage: Stage
let data: string
beforeEach(() => {
  stage = new Stage()
  data = join(stage.folder, 'data')
  mkdirSync(data)
})
afterEach(async () => await stage.close())

/** Starts a database, a job that makes a schema in it, and a server on that. */
async function start(schema: Partial<Role>, server: Partial<Role> = {}): Promise<Supervisor> {
  const roles = {
    database: await served(),
    schema: { kind: 'job', lasting: true, needs: whenReady('database'), env: { CODE: '0' }, ...schema },
    server: await served({ needs: whenCompleted('schema'), ...server }),
  } as const
  return await stage.start(roles, { data })
}

/** And stops it when it is ready. Gives what was started, in order. */
async function startAndStop(schema: Partial<Role>, server: Partial<Role> = {}): Promise<readonly string[]> {
  const before = stage.events().filter((event) => event !== '').length
  const supervisor = await start(schema, server)
  await supervisor.whenReady()
  expect(statusOf(supervisor, 'schema').state).toBe('completed')
  await supervisor.stop()
  return stage
    .events()
    .slice(before)
    .filter((event) => event.endsWith('started'))
}

const INITIAL = ['database started', 'schema started', 'server started']
const LATER = ['database started', 'server started', 'schema started']

test('a lasting job that is done on the data is not waited for again, and runs when the others are up', async () => {
  expect(await startAndStop({})).toEqual(INITIAL)
  expect(await startAndStop({})).toEqual(LATER)
})

test('what needs it waits for what it needs', async () => {
  await startAndStop({})
  writeFileSync(stage.notReady, '')
  const supervisor = await start({})
  await until(supervisor, 'database', ({ problem }) => problem !== undefined)
  expect(statusOf(supervisor, 'server')).toMatchObject({ state: 'waiting', waitingFor: ['schema'] })
  rmSync(stage.notReady)
  await supervisor.whenReady()
})

test.each([
  ['one that is not lasting', () => ({ lasting: false })],
  ['one with other arguments', () => ({ args: ['--to', '2'] })],
  ['one with another file', () => ({ files: [{ path: '/nowhere', format: 'json', content: { to: 2 } }] }) as const],
] satisfies [string, () => Partial<Role>][])('%s is waited for', async (_, changed) => {
  await startAndStop({})
  expect(await startAndStop(changed())).toEqual(INITIAL)
})

test('it is waited for where the data are gone, or their record is damaged', async () => {
  await startAndStop({})
  writeFileSync(join(data, 'done-jobs.json'), '{"schema":')
  expect(await startAndStop({})).toEqual(INITIAL)
  data = join(stage.folder, 'other')
  mkdirSync(data)
  expect(await startAndStop({})).toEqual(INITIAL)
})

test('it runs at once when a process dies: that may be for want of what it makes', async () => {
  await startAndStop({})
  const started = await startAndStop({}, { env: { FAILURES: '3' } })
  expect(started.filter((event) => event === 'server started').length).toBeGreaterThan(1)
  expect(started.indexOf('schema started')).toBeLessThan(started.lastIndexOf('server started'))
})

test('who needs a service to have been started once waits for it where the data are new, and only there', async () => {
  const startTwo = async (first: Partial<Role>): Promise<Supervisor> => {
    const needs = [{ anyOf: ['first'], until: 'once-started' }] as const
    return await stage.start({ first: { ...(await served()), ...first }, second: await served({ needs }) }, { data })
  }
  const silent = { env: {} }
  const onNewData = await startTwo(silent)
  await until(onNewData, 'first', ({ problem }) => problem !== undefined)
  expect(statusOf(onNewData, 'second')).toMatchObject({ state: 'waiting', waitingFor: ['first'] })
  await onNewData.stop()

  const answering = await startTwo({})
  await answering.whenReady()
  await answering.stop()

  const later = await startTwo(silent)
  await later.whenReady('second')
  expect(statusOf(later, 'first').state).toBe('starting')
})

test('what starts last starts when the others are ready', async () => {
  const supervisor = await stage.start({
    screen: await served({ startsLast: true }),
    schema: { kind: 'job', env: { CODE: '0' } },
    server: await served({ needs: whenCompleted('schema') }),
  })
  await supervisor.whenReady()
  expect(stage.events()).toEqual(['schema started', 'server started', 'screen started'])
})

test('what starts last starts earlier where a job that is not done has a use for it', async () => {
  const startedIn = async (): Promise<readonly string[]> => {
    const before = stage.events().filter((event) => event !== '').length
    const supervisor = await stage.start(
      {
        screen: await served({ startsLast: true }),
        helper: await served({ startsLast: true }),
        job: { kind: 'job', lasting: true, env: { CODE: '0' }, needs: whenReady('helper') },
      },
      { data },
    )
    await supervisor.whenReady()
    await supervisor.stop()
    return stage
      .events()
      .slice(before)
      .filter((event) => event.endsWith('started'))
  }
  expect(await startedIn()).toEqual(['helper started', 'job started', 'screen started'])
  expect((await startedIn()).at(-1)).toBe('job started')
})
