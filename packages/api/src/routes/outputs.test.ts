import { defineContract } from '@sundial/contract'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { orders } from '../test/contract.ts'
import { type GrpcAnswer, startGrpcServer, type TestGrpcServer } from '../test/grpc-server.ts'
import { completed, described, failed, queried, RUN_ID, updated } from '../test/replies.ts'
import { startTestApi, type TestApi } from '../test/test-api.ts'

const output = z.object({ carrier: z.string().default('post') })
const definition = orders.workflows['fulfil-order']
const contract = defineContract({
  ...orders,
  schedules: {},
  workflows: {
    'fulfil-order': { ...definition, output, http: {}, queries: { state: { output } }, updates: { 'change-address': { input: z.object({}), output } } },
  },
})

let server: TestGrpcServer
let api: TestApi
let answers: Record<string, GrpcAnswer>
beforeAll(async () => {
  server = await startGrpcServer((method) => answers[method] ?? described({ runId: RUN_ID, status: 'COMPLETED' }))
  api = await startTestApi(server.address, { contract })
})
beforeEach(() => (answers = {}))
afterAll(async () => {
  await api.close()
  server.close()
})

const KINDS = [
  ['result', 'GetWorkflowExecutionHistory', completed, { method: 'GET', url: '/v1/workflows/fulfil-order/one/result' }],
  ['query', 'QueryWorkflow', queried, { method: 'GET', url: '/v1/workflows/fulfil-order/one/queries/state' }],
  [
    'update',
    'UpdateWorkflowExecution',
    (result: unknown) => updated({ result }),
    { method: 'POST', url: '/v1/workflows/fulfil-order/one/updates/change-address', payload: {} },
  ],
] as const

test.each(KINDS)('what a %s answers is parsed: defaults are filled in, and what is not known is left out', async (_kind, method, answer, request) => {
  answers[method] = answer({ notInTheContract: 1 })
  const response = await api.as('orders:read orders:write', request)
  expect(response.statusCode).toBe(200)
  expect(response.json().result).toEqual({ carrier: 'post' })
})

test.each(KINDS)('what a %s answers against the contract is a problem that does not show it', async (_kind, method, answer, request) => {
  answers[method] = answer({ carrier: 4711 })
  const response = await api.as('orders:read orders:write', request)
  expect(response.statusCode).toBe(502)
  expect(response.json().type).toBe('urn:sundial:problem:unexpected-answer')
  expect(response.body).not.toContain('4711')
})

test('a description says why there is no result, as the result does', async () => {
  answers['DescribeWorkflowExecution'] = described({ runId: RUN_ID, status: 'FAILED' })
  answers['GetWorkflowExecutionHistory'] = failed({ message: 'no money', type: 'CardDeclined', nonRetryable: true, details: { reason: 'limit' } })
  const get = async (end: string) => (await api.as('orders:read', { method: 'GET', url: `/v1/workflows/fulfil-order/one${end}` })).json()
  const { type, title, detail, retryable, error } = await get('/result')
  expect(type).toBe('urn:sundial:problem:CardDeclined')
  expect(await get('')).toMatchObject({ status: 'FAILED', failure: { type, title, detail, retryable, error } })
  answers['DescribeWorkflowExecution'] = described({ runId: RUN_ID, status: 'COMPLETED' })
  expect(await get('')).not.toHaveProperty('failure')
})

test('a query asks a workflow that has ended, unless it is told not to', async () => {
  answers['QueryWorkflow'] = queried({})
  const ask = (end: string) => api.as('orders:read', { method: 'GET', url: `/v1/workflows/fulfil-order/one/queries/state${end}` })
  expect((await ask('')).statusCode).toBe(200)
  const rejected = await ask('?rejectClosed=true')
  expect([rejected.statusCode, rejected.json()]).toMatchObject([409, { type: 'urn:sundial:problem:query-rejected', workflowStatus: 'COMPLETED' }])
  answers['DescribeWorkflowExecution'] = described({ runId: RUN_ID })
  expect((await ask('?rejectClosed=true')).statusCode).toBe(200)
})
