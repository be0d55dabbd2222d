import { temporal } from '@temporalio/proto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type GrpcAnswer, startGrpcServer, type TestGrpcServer } from '../test/grpc-server.ts'
import { described, RUN_ID, type TestRun } from '../test/replies.ts'
import { startTestApi, type TestApi } from '../test/test-api.ts'

const { SignalWithStartWorkflowExecutionRequest, SignalWithStartWorkflowExecutionResponse, ExecuteMultiOperationRequest } = temporal.api.workflowservice.v1
type SignalRequest = ReturnType<typeof SignalWithStartWorkflowExecutionRequest.decode>

let server: TestGrpcServer
let api: TestApi
let run: TestRun | undefined
const signals: SignalRequest[] = []
const updates: ReturnType<typeof ExecuteMultiOperationRequest.decode>[] = []

beforeAll(async () => {
  server = await startGrpcServer((method, request): GrpcAnswer => {
    if (method === 'DescribeWorkflowExecution') return run ? described(run) : { code: 5, details: 'workflow not found for ID: one' }
    if (method === 'SignalWithStartWorkflowExecution') {
      const signal = SignalWithStartWorkflowExecutionRequest.decode(request)
      signals.push(signal)
      run ??= { runId: RUN_ID, memo: signal.memo }
      return { bytes: SignalWithStartWorkflowExecutionResponse.encode({ runId: RUN_ID, started: true }).finish() }
    }
    updates.push(ExecuteMultiOperationRequest.decode(request))
    return { code: 3, details: 'enough' }
  })
  api = await startTestApi(server.address)
})
beforeEach(() => {
  run = undefined
  signals.splice(0)
  updates.splice(0)
})
afterAll(async () => {
  await api.close()
  server.close()
})

const BODY = { start: { orderId: '1', lines: [{ sku: 'a' }] }, signal: { approvedBy: 'ada' } }
const SCOPES = 'orders:write orders:approve'
const signal = (headers: Record<string, string> = {}, { scope = SCOPES, payload = BODY }: { scope?: string; payload?: unknown } = {}) =>
  api.as(scope, { method: 'POST', url: '/v1/workflows/fulfil-order/one/signal-with-start/approve', payload, headers })
const read = (payloads: temporal.api.common.v1.IPayloads | null | undefined) =>
  JSON.parse(Buffer.from(payloads?.payloads?.[0]?.data ?? []).toString()) as unknown

test('a signal and a start are one request, each with its own input, defaults filled in', async () => {
  const response = await signal()
  expect(response.statusCode).toBe(202)
  expect(response.headers['location']).toBe('/v1/workflows/fulfil-order/one')
  expect(response.json()).toEqual({ workflowId: 'one', runId: RUN_ID })
  const [sent] = signals
  expect(sent).toMatchObject({ workflowId: 'one', signalName: 'approve', workflowType: { name: 'fulfil-order' }, taskQueue: { name: 'orders' } })
  expect(read(sent?.input)).toEqual({ orderId: '1', lines: [{ sku: 'a', quantity: 1 }] })
  expect(read(sent?.signalInput)).toEqual({ approvedBy: 'ada' })
})

test('a key makes repetitions one, also when the run has ended meanwhile', async () => {
  const key = { 'idempotency-key': 'k' }
  await signal(key)
  await signal(key)
  expect(signals.map(({ requestId }) => requestId)).toEqual([signals[0]?.requestId, signals[0]?.requestId])
  await signal()
  expect(signals[2]?.requestId).not.toBe(signals[0]?.requestId)
  run = { ...run, runId: RUN_ID, status: 'COMPLETED' }
  expect((await signal(key)).json()).toEqual({ workflowId: 'one', runId: RUN_ID })
  expect(signals).toHaveLength(3)
})

test.each(['orders:write', 'orders:approve'])('needs the scopes of both: %s alone is not enough', async (scope) => {
  expect((await signal({}, { scope })).statusCode).toBe(403)
})

test('what is wrong with either part is told, with its place', async () => {
  const { errors } = (await signal({}, { payload: { start: { orderId: '', lines: [{ sku: 'a' }] } } })).json<{ errors: unknown }>()
  expect(errors).toMatchObject([{ pointer: '#/start/orderId' }, { pointer: '#/signal' }])
  expect((await signal({}, { payload: [] })).json()).toMatchObject({ status: 422, errors: [{ pointer: '#' }] })
})

test('a workflow of another type that runs under the id does not get it', async () => {
  run = { runId: RUN_ID, type: 'audit' }
  const response = await signal()
  expect(response.json()).toMatchObject({ status: 409, type: 'urn:sundial:problem:already-started' })
  expect(response.body).not.toContain(RUN_ID)
  expect(signals).toEqual([])
})

test('an update and a start are one request, with the same update id for the same key', async () => {
  const update = () =>
    api.as('orders:write', {
      method: 'POST',
      url: '/v1/workflows/fulfil-order/one/update-with-start/change-address',
      payload: { start: BODY.start, update: { address: 'x' } },
      headers: { 'idempotency-key': 'k' },
    })
  expect((await update()).statusCode).toBe(400)
  await update()
  const ids = updates.map(({ operations }) => operations[1]?.updateWorkflow?.request?.meta?.updateId)
  expect(ids).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), ids[0]])
  expect(updates[0]?.operations[0]?.startWorkflow).toMatchObject({ workflowId: 'one', workflowType: { name: 'fulfil-order' } })
})
