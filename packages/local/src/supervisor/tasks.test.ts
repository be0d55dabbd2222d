import { afterEach, beforeEach, expect, test } from 'vitest'
import { Stage, served, statusOf } from './stage.fixture.ts'

let stage: Stage
beforeEach(() => {
  stage = new Stage()
})
afterEach(async () => await stage.close())

test('a task is listed, and neither started nor waited for', async () => {
  const supervisor = await stage.start({ demo: { kind: 'task', env: { CODE: '0' } }, server: await served() })
  await supervisor.whenReady()
  expect([supervisor.status().state, statusOf(supervisor, 'demo').state]).toEqual(['ready', 'stopped'])
  await supervisor.stop()
  expect(stage.events().filter((event) => event.startsWith('demo'))).toEqual([])
})
