import { defineContract } from '@sundial/contract'
import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { orders } from '../test/contract.ts'
import { startGrpcServer } from '../test/grpc-server.ts'
import { started, RUN_ID } from '../test/replies.ts'
import { startTestApi, type TestApi, type TestApiOptions } from '../test/test-api.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

async function open(options: TestApiOptions): Promise<TestApi> {
  const server = await startGrpcServer((method) => (method === 'StartWorkflowExecution' ? started(RUN_ID) : { bytes: new Uint8Array() }))
  const api = await startTestApi(server.address, options)
  cleanUps.push(
    () => server.close(),
    () => api.close(),
  )
  return api
}

const LIST = { method: 'GET', url: '/v1/workflows' } as const

test('a subject that asks more than it may is told when to go on; others are not held up', async () => {
  const api = await open({ limits: { requestsPerMinute: 2 } })
  const as = async (sub: string) => api.app.inject({ ...LIST, headers: { authorization: `Bearer ${await api.issuer.token({ sub, scope: 'orders:read' })}` } })
  const first = await as('alice')
  expect(first.statusCode).toBe(200)
  expect(first.headers).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-remaining': '1', 'ratelimit-reset': '60' })
  await as('alice')
  const refused = await as('alice')
  expect(refused.statusCode).toBe(429)
  expect(refused.json()).toMatchObject({ type: 'urn:sundial:problem:rate-limited', retryable: true })
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50)
  expect((await as('bob')).statusCode).toBe(200)
  // Who says that it is alice, and cannot prove it, uses up nothing of hers.
  expect((await api.app.inject({ ...LIST, headers: { authorization: 'Bearer alice' } })).statusCode).toBe(401)
  expect((await api.app.inject({ url: '/openapi.json' })).statusCode).toBe(200)
})

test('nothing is counted without a limit', async () => {
  const response = await (await open({})).as('orders:read', LIST)
  expect(response.statusCode).toBe(200)
  expect(response.headers).not.toHaveProperty('ratelimit-limit')
})

test.each([
  ['heapUsedBytes', { requestsPerMinute: 0, heapShare: 0.0001, lastingMs: 300 }],
  ['eventLoopDelay', { requestsPerMinute: 0, eventLoopDelayMs: 0.000_001, lastingMs: 300 }],
])('while the process has too much to do (%s), requests are sent away before anything is done for them', async (reason, limits) => {
  const api = await open({ limits })
  const answer = () => api.app.inject(LIST)
  await expect.poll(async () => (await answer()).statusCode, { timeout: 10_000, interval: 20 }).toBe(503)
  const refused = await answer()
  expect(refused.json()).toMatchObject({ type: 'urn:sundial:problem:overloaded', detail: expect.stringContaining(reason), retryable: true })
  expect(refused.headers['retry-after']).toBe('2')
})

test('every answer has the headers that keep browsers from doing anything with it', async () => {
  const api = await open({})
  for (const response of [
    await api.as('orders:read', LIST),
    await api.app.inject(LIST),
    await api.app.inject('/nowhere'),
    await api.app.inject('/openapi.json'),
  ]) {
    expect(response.headers).toMatchObject({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'strict-transport-security': 'max-age=31536000',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-request-id': expect.any(String),
    })
    expect(response.headers).not.toHaveProperty('server')
  }
})

test('every write has a line in the audit log, also one that was refused, whatever the level of the log; reads have none', async () => {
  const lines: Record<string, unknown>[] = []
  const logger = pino({ level: 'fatal' }, { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) })
  const api = await open({ logger })
  const payload = { orderId: 'secret-of-the-body', lines: [{ sku: 'a' }] }
  const start = { method: 'POST', url: '/v1/workflows/fulfil-order', payload, headers: { 'workflow-id': 'one', 'x-request-id': 'r-1' } } as const
  await api.as('orders:write', start)
  await api.as('orders:read', start)
  await api.app.inject({ ...start, headers: {} })
  await api.as('orders:read', LIST)
  await api.as('orders:read', { method: 'POST', url: '/v1/workflows/fulfil-order/one/queries/line', payload: { index: 1 } })
  const audit = { msg: 'audit', audit: 'startFulfilOrder', address: '127.0.0.1' }
  expect(lines).toMatchObject([
    { ...audit, reqId: 'r-1', subject: 'alice', status: 201, workflowId: 'one', runId: RUN_ID },
    { ...audit, subject: 'alice', status: 403 },
    { ...audit, subject: null, status: 401 },
  ])
  expect(lines).toHaveLength(3)
  expect(JSON.stringify(lines)).not.toContain('secret')
})

test('a workflow that is not shown over HTTP has no route, is in no list, and not in the document', async () => {
  const { 'fulfil-order': order, audit } = orders.workflows
  const api = await open({ contract: defineContract({ ...orders, workflows: { 'fulfil-order': order, audit: { ...audit, http: false } } }) })
  expect((await api.as('audit:read', { method: 'GET', url: '/v1/workflows/audit/1' })).statusCode).toBe(404)
  expect((await api.as('audit:read', LIST)).statusCode).toBe(403)
  expect((await api.as('orders:read', { method: 'GET', url: '/v1/workflows?type=audit' })).statusCode).toBe(422)
  expect((await api.app.inject('/openapi.json')).body).not.toContain('udit')
})
