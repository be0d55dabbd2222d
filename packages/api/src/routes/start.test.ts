import { defineContract, type Idempotency } from '@sundial/contract'
import { temporal } from '@temporalio/proto'
import { afterEach, expect, test } from 'vitest'
import { orders } from '../test/contract.ts'
import { startGrpcServer } from '../test/grpc-server.ts'
import { described, readStart, RUN_ID, started, type TestRun } from '../test/replies.ts'
import { startTestApi } from '../test/test-api.ts'

const { WorkflowIdReusePolicy } = temporal.api.enums.v1
const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

/** An API, and a server that has the run and starts others. */
async function open(idempotency: Idempotency, run?: TestRun) {
  const starts: ReturnType<typeof readStart>[] = []
  const state = { run }
  const server = await startGrpcServer((method, request) => {
    if (method === 'DescribeWorkflowExecution') return state.run ? described(state.run) : { code: 5, details: 'workflow not found for ID: one' }
    const start = readStart(request)
    starts.push(start)
    if (state.run && start.workflowIdReusePolicy === WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
      return { code: 6, details: 'Workflow execution already finished.' }
    state.run = { runId: RUN_ID, memo: start.memo }
    return started(RUN_ID)
  })
  const workflows = { 'fulfil-order': { ...orders.workflows['fulfil-order'], idempotency } }
  const api = await startTestApi(server.address, { contract: defineContract({ ...orders, schedules: {}, workflows }) })
  cleanUps.push(
    () => server.close(),
    () => api.close(),
  )
  const start = async (headers: Record<string, string>, orderId = '1') => {
    const payload = { orderId, lines: [{ sku: 'a' }] }
    const response = await api.as('orders:write', { method: 'POST', url: '/v1/workflows/fulfil-order', payload, headers })
    return { status: response.statusCode, body: response.json<Record<string, unknown>>() }
  }
  const put = async (orderId = '1', headers: Record<string, string> = {}) => {
    const payload = { orderId, lines: [{ sku: 'a' }] }
    const response = await api.as('orders:write', { method: 'PUT', url: '/v1/workflows/fulfil-order/one', payload, headers })
    return { status: response.statusCode, location: response.headers['location'], body: response.json<Record<string, unknown>>() }
  }
  return { server, starts, state, start, put }
}

test.each(['retry-if-failed', 'allow-duplicate'] as const)('a key starts one run, also when the contract says %s', async (idempotency) => {
  const { start, starts, state } = await open(idempotency)
  const key = { 'idempotency-key': 'k' }
  expect((await start(key)).status).toBe(201)
  state.run = { ...state.run, runId: RUN_ID, status: 'FAILED' }
  expect(await start(key)).toMatchObject({ status: 200, body: { runId: RUN_ID, status: 'FAILED' } })
  expect(await start(key, '2')).toMatchObject({ status: 422, body: { type: 'urn:sundial:problem:idempotency-mismatch' } })
  expect(starts.map((each) => each.workflowIdReusePolicy)).toEqual(starts.map(() => WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE))
})

test("a key starts one run under the caller's own id, and another key another", async () => {
  const { start, starts, state } = await open('allow-duplicate')
  const id = { 'workflow-id': 'one' }
  expect((await start({ ...id, 'idempotency-key': 'k' })).status).toBe(201)
  state.run = { ...state.run, runId: RUN_ID, status: 'COMPLETED' }
  expect(await start({ ...id, 'idempotency-key': 'k' })).toMatchObject({ status: 200, body: { status: 'COMPLETED' } })
  expect(await start({ ...id, 'idempotency-key': 'k' }, '2')).toMatchObject({ status: 422, body: { type: 'urn:sundial:problem:idempotency-mismatch' } })
  expect(starts).toHaveLength(1)
  expect((await start({ ...id, 'idempotency-key': 'l' })).status).toBe(201)
  expect(starts.map((each) => each.workflowIdReusePolicy)).toEqual(starts.map(() => WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE))
})

test('a start without a key asks no more than it must', async () => {
  const { start, server } = await open('allow-duplicate')
  expect((await start({ 'workflow-id': 'one' })).status).toBe(201)
  expect(server.calls.map(({ method }) => method)).toEqual(['StartWorkflowExecution'])
})

test('an id that a workflow of another type has is taken, and nothing more is told of that', async () => {
  const { start } = await open('once-per-id', { runId: RUN_ID, type: 'secret' })
  const { status, body } = await start({ 'workflow-id': 'one' })
  expect(status).toBe(409)
  expect(body).toMatchObject({ type: 'urn:sundial:problem:already-started', workflowId: 'one' })
  expect(JSON.stringify(body)).not.toContain(RUN_ID)
})

test.each(['once-per-id', 'retry-if-failed', 'allow-duplicate'] as const)(
  'PUT starts one run, however often it is sent, when the contract says %s',
  async (idempotency) => {
    const { put, starts, state } = await open(idempotency)
    expect(await put()).toMatchObject({ status: 201, location: '/v1/workflows/fulfil-order/one', body: { workflowId: 'one', runId: RUN_ID } })
    expect(await put()).toMatchObject({ status: 200, body: { runId: RUN_ID } })
    state.run = { ...state.run, runId: RUN_ID, status: 'FAILED' }
    const before = starts.length
    expect(await put()).toMatchObject({ status: 200, body: { status: 'FAILED' } })
    // Another key asks for another run, which the contract allows or not.
    expect((await put('1', { 'idempotency-key': 'again' })).status).toBe(idempotency === 'once-per-id' ? 200 : 201)
    expect(starts.length - before).toBe(idempotency === 'once-per-id' ? 2 : 1)
  },
)

test('PUT with another body does not take the place of what is there', async () => {
  const { put } = await open('once-per-id')
  expect((await put()).status).toBe(201)
  expect(await put('2')).toMatchObject({ status: 409, body: { type: 'urn:sundial:problem:already-started' } })
})
