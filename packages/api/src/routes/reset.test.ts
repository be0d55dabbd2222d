import { temporal } from '@temporalio/proto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type GrpcAnswer, startGrpcServer, type TestGrpcServer } from '../test/grpc-server.ts'
import { described } from '../test/replies.ts'
import { startTestApi, type TestApi } from '../test/test-api.ts'

const { GetWorkflowExecutionHistoryResponse, ResetWorkflowExecutionRequest, ResetWorkflowExecutionResponse } = temporal.api.workflowservice.v1
const { EventType, WorkflowTaskFailedCause } = temporal.api.enums.v1

let server: TestGrpcServer
let api: TestApi
/** The resets that Temporal was asked for, each of which it did. */
const resets: ReturnType<typeof ResetWorkflowExecutionRequest.decode>[] = []
const runId = (count: number) => `${count}1111111-1111-4111-8111-111111111111`

/** What became of the workflow: each reset is in the history of the run that it made, and of those that came of it. */
function history() {
  const started = { eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED, eventId: 1 }
  const done = { eventType: EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED, eventId: 4 }
  const failed = resets.map(({ reason }, index) => ({
    eventType: EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED,
    eventId: 5 + index,
    workflowTaskFailedEventAttributes: {
      cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW,
      failure: { message: reason },
      newRunId: runId(index + 1),
    },
  }))
  return GetWorkflowExecutionHistoryResponse.fromObject({ history: { events: [started, done, ...failed] } })
}

beforeAll(async () => {
  server = await startGrpcServer((method, request): GrpcAnswer => {
    if (method === 'DescribeWorkflowExecution') return described({ runId: runId(resets.length) })
    if (method.startsWith('GetWorkflowExecutionHistory')) return { bytes: GetWorkflowExecutionHistoryResponse.encode(history()).finish() }
    resets.push(ResetWorkflowExecutionRequest.decode(request))
    return { bytes: ResetWorkflowExecutionResponse.encode({ runId: runId(resets.length) }).finish() }
  })
  api = await startTestApi(server.address)
})
beforeEach(() => void resets.splice(0))
afterAll(async () => {
  await api.close()
  server.close()
})

const reset = (key?: string, payload: object = { to: 'first', reason: 'repaired' }) =>
  api.as('orders:operate', {
    method: 'POST',
    url: '/v1/workflows/fulfil-order/one/reset',
    payload,
    ...(key !== undefined && { headers: { 'idempotency-key': key } }),
  })

test('goes back to the end of a workflow task, and leaves who asked for it and why', async () => {
  const response = await reset()
  expect([response.statusCode, response.json()]).toEqual([200, { workflowId: 'one', runId: runId(1) }])
  expect(resets[0]).toMatchObject({ workflowExecution: { workflowId: 'one', runId: runId(0) }, reason: 'repaired, by alice' })
  expect(Number(resets[0]?.workflowTaskFinishEventId)).toBe(4)
})

test('a key makes repetitions one, also when another has gone back since; without one, each goes back', async () => {
  const first = (await reset('k')).json()
  expect((await reset('k')).json()).toEqual(first)
  expect((await reset('other')).json().runId).toBe(runId(2))
  expect((await reset('k')).json()).toEqual(first)
  expect(resets).toHaveLength(2)
  await reset()
  await reset()
  expect(resets).toHaveLength(4)
})

test.each([[{}], [{ to: 'start' }], [{ to: 0 }], [{ to: 'last', reason: 7 }], [{ to: 'last', other: 1 }]])(
  'refuses %j before it asks Temporal',
  async (payload) => {
    const response = await reset('k', payload)
    expect(response.statusCode).toBe(422)
    expect(response.json().errors).toHaveLength(1)
    expect(resets).toHaveLength(0)
  },
)
