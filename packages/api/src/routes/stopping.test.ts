import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type GrpcAnswer, startGrpcServer, type TestGrpcServer } from '../test/grpc-server.ts'
import { completed, described, RUN_ID, updated } from '../test/replies.ts'
import { startTestApi, type TestApi } from '../test/test-api.ts'

// A connection that is kept open still brings requests while the API stops.
/** These take longer than what the API still waits for when it stops. */
const SLOW = new Set(['UpdateWorkflowExecution', 'GetWorkflowExecutionHistory'])
let server: TestGrpcServer
let api: TestApi
let answers: Record<string, GrpcAnswer>
beforeAll(async () => {
  server = await startGrpcServer(async (method) => {
    if (SLOW.has(method)) await delay(1000)
    return answers[method] ?? 'silence'
  })
  api = await startTestApi(server.address, { stopping: AbortSignal.abort() })
})
beforeEach(() => (answers = {}))
afterAll(async () => {
  await api.close()
  server.close()
})

const UPDATE = { method: 'POST', url: '/v1/workflows/fulfil-order/one/updates/change-address', payload: { address: 'x' } } as const
const RESULT = { method: 'GET', url: '/v1/workflows/fulfil-order/one/result?wait=60' } as const

test.each<[string, GrpcAnswer, number, object]>([
  ['accepted', updated(), 202, { status: 'ACCEPTED', runId: RUN_ID }],
  ['carried out', updated({ result: { accepted: true } }), 200, { status: 'COMPLETED', result: { accepted: true } }],
  ['refused', updated({ refused: 'too late' }), 422, { type: 'urn:sundial:problem:update-rejected', detail: 'too late' }],
])('an update is sent, and answered as it was %s', async (_what, answer, status, body) => {
  answers['DescribeWorkflowExecution'] = described({ runId: RUN_ID })
  answers['UpdateWorkflowExecution'] = answer
  const response = await api.as('orders:write', UPDATE)
  expect(response.statusCode).toBe(status)
  expect(response.json()).toMatchObject(body)
})

test('the result of a run that has ended is fetched', async () => {
  answers['DescribeWorkflowExecution'] = described({ runId: RUN_ID, status: 'COMPLETED' })
  answers['GetWorkflowExecutionHistory'] = completed({ trackingNumber: 'T1' })
  const response = await api.as('orders:read', RESULT)
  expect(response.statusCode).toBe(200)
  expect(response.json()).toEqual({ workflowId: 'one', runId: RUN_ID, status: 'COMPLETED', result: { trackingNumber: 'T1' } })
})

test('a run that goes on is not waited for', async () => {
  answers['DescribeWorkflowExecution'] = described({ runId: RUN_ID })
  const begun = performance.now()
  const response = await api.as('orders:read', RESULT)
  expect(performance.now() - begun).toBeLessThan(10_000)
  expect(response.statusCode).toBe(202)
  expect(response.json()).toMatchObject({ status: 'RUNNING' })
})
