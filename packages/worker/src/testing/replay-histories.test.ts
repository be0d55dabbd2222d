import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parcels } from '../fixtures/contract.fixture.ts'
import { historyFromJson, type HistoryJson, historyToJson } from './history-json.ts'
import { replayHistories } from './replay-histories.ts'

// Recorded from a real server: what each shows is its name.
const NAMES = ['plain', 'declared', 'handled', 'bug', 'cancel', 'bad-input']
const text = (name: string) => readFileSync(new URL(`../fixtures/histories/${name}.json`, import.meta.url), 'utf8')
const read = (name: string) => JSON.parse(text(name)) as HistoryJson
const workflows = new URL('../fixtures/workflows.fixture.ts', import.meta.url)

test('replays what workflows did, and names the one that today’s code would not do', { timeout: 60_000 }, async () => {
  const changed = JSON.parse(text('plain').replaceAll('"weigh"', '"measure"')) as HistoryJson
  const endsOtherwise = JSON.parse(
    text('bug')
      .replace('EVENT_TYPE_WORKFLOW_EXECUTION_FAILED', 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED')
      .replace('workflowExecutionFailedEventAttributes', 'workflowExecutionCompletedEventAttributes'),
  ) as HistoryJson
  const histories = [
    ...NAMES.map((name) => ({ workflowId: name, history: read(name) })),
    { workflowId: 'as a server gives it', history: historyFromJson(read('plain')) },
    { workflowId: 'changed', history: changed },
    { workflowId: 'ends otherwise', history: endsOtherwise },
  ]
  const { replayed, failures } = await replayHistories({ contract: parcels, workflows, histories })
  expect(replayed).toEqual({ send: histories.length })
  expect(failures.map(({ workflowType, workflowId }) => `${workflowType} ${workflowId}`)).toEqual(['send changed', 'send ends otherwise'])
  expect(failures[0]?.reason).toMatchInlineSnapshot(`"Activity type of scheduled event 'measure' does not match activity type of activity command 'weigh'"`)
})

test('what ran without tracing goes on with it', { timeout: 60_000 }, async () => {
  const histories = NAMES.map((name) => ({ workflowId: name, history: read(name) }))
  expect(await replayHistories({ contract: parcels, workflows, tracing: true, histories })).toEqual({ replayed: { send: NAMES.length }, failures: [] })
})

test.each([false, true])('what ran with tracing goes on with tracing %s, and a change is seen', { timeout: 60_000 }, async (tracing) => {
  expect(text('traced').match(/"_tracer-data"/g)).toHaveLength(4)
  const changed = JSON.parse(text('traced').replaceAll('"weigh"', '"measure"')) as HistoryJson
  const histories = [{ history: read('traced') }, { workflowId: 'changed', history: changed }]
  const { replayed, failures } = await replayHistories({ contract: parcels, workflows, tracing, histories })
  expect({ replayed, failed: failures.map(({ workflowId }) => workflowId) }).toEqual({ replayed: { send: 2 }, failed: ['changed'] })
})

test.each([...NAMES, 'traced'])('a history keeps its content through both forms: %s', (name) => {
  expect(historyToJson(historyFromJson(read(name)))).toEqual(read(name))
})
