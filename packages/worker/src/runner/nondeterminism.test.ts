import { createLogger } from '@sundial/runtime'
import { expect, test, vi } from 'vitest'
import { watchNondeterminism } from './nondeterminism.ts'

/** As long as a busy machine may need. */
const WAIT = { timeout: 20_000 }

/** As SDK 1.23.0 gives it. */
const FAILURE = String.raw`Failure { failure: Some(Failure { message: "[TMPRL1100] Nondeterminism error: Activity type of scheduled event 'reserveStock' does not match activity type of activity command 'chargeCard' (\"x\")", source: "", stack_trace: "" }), force_cause: NonDeterministicError }`
const REASON = "Activity type of scheduled event 'reserveStock' does not match activity type of activity command 'chargeCard' (\"x\")"

function listen(connection: unknown) {
  const logger = createLogger('test', 'silent')
  const error = vi.spyOn(logger, 'error').mockImplementation(() => undefined)
  return { error, hear: watchNondeterminism({ logger, namespace: 'orders', connection: () => connection as never }) }
}

test('names the workflow of a run that cannot go on', async () => {
  const asked: unknown[] = []
  const executions = [{ type: { name: 'fulfil-order' }, execution: { workflowId: 'order-1' } }]
  const { error, hear } = listen({ workflowService: { listWorkflowExecutions: async (query: unknown) => (asked.push(query), { executions }) } })
  hear('Failing workflow task', { runId: 'abc', failure: FAILURE })
  await vi.waitFor(() => expect(error).toHaveBeenCalledOnce(), WAIT)
  expect(error.mock.calls[0]?.[0]).toEqual({ failure: 'nondeterminism', workflowType: 'fulfil-order', workflowId: 'order-1', runId: 'abc', reason: REASON })
  expect(asked).toEqual([{ namespace: 'orders', query: "RunId = 'abc'", pageSize: 1 }])
})

test('says it without a name when nobody knows the run', async () => {
  for (const connection of [undefined, { workflowService: { listWorkflowExecutions: () => Promise.reject(new Error('down')) } }]) {
    const { error, hear } = listen(connection)
    hear('Failing workflow task', { runId: 'abc', failure: FAILURE })
    await vi.waitFor(() => expect(error).toHaveBeenCalledOnce(), WAIT)
    expect(error.mock.calls[0]?.[0]).toEqual({ failure: 'nondeterminism', runId: 'abc', reason: REASON })
  }
})

test.each([
  ['Failing workflow task', { runId: 'abc', failure: 'Failure { message: "TypeError: no" }' }],
  ['Failing workflow task', { failure: FAILURE }],
  ['Something else', { runId: 'abc', failure: FAILURE }],
])('other words are not its matter: %s %j', async (message, fields) => {
  const { error, hear } = listen(undefined)
  hear(message, fields)
  await new Promise((resolve) => setImmediate(resolve))
  expect(error).not.toHaveBeenCalled()
})
