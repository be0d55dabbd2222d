import { afterEach, beforeEach, expect, test } from 'vitest'
import { TaskError } from './index.ts'
import { Stage, served, statusOf, whenReady } from './stage.fixture.ts'

let stage: Stage
beforeEach(() => {
  stage = new Stage()
})
afterEach(async () => await stage.close())

const starts = (name: string): number => stage.events().filter((event) => event === `${name} started`).length

test('a task runs only when asked for, when what it needs is ready, and as often as asked', async () => {
  const supervisor = await stage.start({ server: await served(), demo: { kind: 'task', needs: whenReady('server'), env: { CODE: '0' } } })
  const early = supervisor.runTask('demo')
  await early
  expect(stage.events()).toEqual(['server started', 'demo started'])
  expect(statusOf(supervisor, 'demo').state).toBe('completed')
  await Promise.all([supervisor.runTask('demo'), supervisor.runTask('demo')])
  expect(starts('demo')).toBe(2)
})

test('a task that nobody asks for does not keep the platform from being ready', async () => {
  const supervisor = await stage.start({ demo: { kind: 'task', env: { CODE: '0' } }, server: await served() })
  await supervisor.whenReady()
  expect([supervisor.status().state, statusOf(supervisor, 'demo').state, starts('demo')]).toEqual(['ready', 'stopped', 0])
})

test('a task that fails is told to who asked, once, and to nobody else', async () => {
  const supervisor = await stage.start({ server: await served(), demo: { kind: 'task', env: { SAY: 'no such order', CODE: '1' } } })
  await supervisor.whenReady()
  const error = await supervisor.runTask('demo').catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(TaskError)
  expect((error as TaskError).problem).toMatchObject({ process: 'demo', reason: 'ended with code 1', lastLines: ['no such order'] })
  expect([starts('demo'), supervisor.status().state]).toEqual([1, 'ready'])
})

test('what is not a task is not run by asking', async () => {
  const supervisor = await stage.start({ server: await served() })
  await expect(supervisor.runTask('server')).rejects.toThrow('"server" is a service, not a task')
})
