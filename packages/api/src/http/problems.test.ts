import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApi, type TestApi } from '../test/test-api.ts'

let api: TestApi
beforeAll(async () => (api = await startTestApi()))
afterAll(() => api.close())

const START = { method: 'POST', url: '/v1/workflows/fulfil-order' } as const
const json = { 'content-type': 'application/json' }
const order = { orderId: '1', lines: [{ sku: 'a' }] }

interface Case {
  readonly request: { method: 'GET' | 'POST'; url: string; payload?: unknown; headers?: Record<string, string> }
  readonly status: number
  readonly slug: string
  readonly more?: object
}

test.each<[string, Case]>([
  ['a body that is not JSON', { request: { ...START, payload: '{"orderId":', headers: json }, status: 400, slug: 'malformed-request' }],
  ['an empty body that says it is JSON', { request: { ...START, payload: '', headers: json }, status: 400, slug: 'malformed-request' }],
  ['a body that would set a prototype', { request: { ...START, payload: '{"__proto__":{"x":1}}', headers: json }, status: 400, slug: 'malformed-request' }],
  [
    'a body of another type',
    { request: { ...START, payload: '<order/>', headers: { 'content-type': 'application/xml' } }, status: 415, slug: 'unsupported-media-type' },
  ],
  ['a body of plain text', { request: { ...START, payload: 'x', headers: { 'content-type': 'text/plain' } }, status: 415, slug: 'unsupported-media-type' }],
  ['a body of more than 1.5 MB', { request: { ...START, payload: { ...order, orderId: 'x'.repeat(1_500_000) } }, status: 413, slug: 'payload-too-large' }],
  ['no body', { request: START, status: 422, slug: 'validation', more: { errors: [{ pointer: '#' }] } }],
  [
    'values that do not match the schema',
    {
      request: { ...START, payload: { orderId: '', lines: [{ sku: 'a' }, { sku: 'b', quantity: 0 }] } },
      status: 422,
      slug: 'validation',
      more: { errors: [{ pointer: '#/orderId' }, { pointer: '#/lines/1/quantity' }] },
    },
  ],
  [
    'a body that is nested without end',
    {
      request: { ...START, payload: `${'['.repeat(5000)}${']'.repeat(5000)}`, headers: json },
      status: 422,
      slug: 'validation',
      more: { errors: [{ pointer: '#' }] },
    },
  ],
  [
    'a workflow id that cannot be one',
    {
      request: { ...START, payload: order, headers: { 'workflow-id': ' ' } },
      status: 422,
      slug: 'validation',
      more: { errors: [{ parameter: 'workflow-id' }] },
    },
  ],
  [
    'a key that is too long',
    {
      request: { ...START, payload: order, headers: { 'idempotency-key': 'k'.repeat(256) } },
      status: 422,
      slug: 'validation',
      more: { errors: [{ parameter: 'idempotency-key' }] },
    },
  ],
  [
    'a wait that is too long',
    {
      request: { method: 'GET', url: '/v1/workflows/fulfil-order/1/result?wait=61' },
      status: 422,
      slug: 'validation',
      more: { errors: [{ parameter: 'wait' }] },
    },
  ],
  [
    'a filter that does not exist',
    { request: { method: 'GET', url: '/v1/workflows?stauts=RUNNING' }, status: 422, slug: 'validation', more: { errors: [{ parameter: 'stauts' }] } },
  ],
  [
    'a reason that is not a text',
    {
      request: { method: 'POST', url: '/v1/workflows/fulfil-order/1/cancel', payload: { reason: 1, force: true } },
      status: 422,
      slug: 'validation',
      more: { errors: [{ pointer: '#/force' }, { pointer: '#/reason' }] },
    },
  ],
  ['a cursor of somebody else', { request: { method: 'GET', url: '/v1/workflows?cursor=abc.def' }, status: 400, slug: 'bad-cursor' }],
  ['a path that is not there', { request: { method: 'GET', url: '/v2/workflows' }, status: 404, slug: 'not-found' }],
  ['a type that is not in the contract', { request: { method: 'POST', url: '/v1/workflows/unknown', payload: {} }, status: 404, slug: 'not-found' }],
  ['a path that cannot be decoded', { request: { method: 'GET', url: '/v1/workflows/fulfil-order/%zz' }, status: 400, slug: 'malformed-request' }],
  [
    'an id that is longer than any can be',
    { request: { method: 'GET', url: `/v1/workflows/fulfil-order/${'x'.repeat(3001)}` }, status: 414, slug: 'uri-too-long' },
  ],
  ['a Temporal that is away', { request: { ...START, payload: order }, status: 503, slug: 'unavailable', more: { retryable: true } }],
])('%s is a problem', async (_what, { request, status, slug, more }) => {
  const response = await api.as('orders:write orders:read', request)
  expect(response.headers['content-type']).toBe('application/problem+json')
  expect(response.statusCode).toBe(status)
  expect(response.json()).toMatchObject({
    type: `urn:sundial:problem:${slug}`,
    status,
    title: expect.any(String),
    detail: expect.any(String),
    retryable: false,
    requestId: response.headers['x-request-id'],
    ...more,
  })
  expect(response.json().instance).toBe(request.url.split('?')[0])
})

test('a method that a resource does not have is a 405 that names those that it has', async () => {
  const response = await api.app.inject({ method: 'DELETE', url: '/v1/workflows/fulfil-order/1' })
  expect(response.statusCode).toBe(405)
  expect(response.headers['allow']).toBe('GET, HEAD, PUT')
})

test('names the workflow that was to be started, and when to try again', async () => {
  const response = await api.as('orders:write', { ...START, payload: order, headers: { 'workflow-id': 'mine' } })
  expect(response.json()).toMatchObject({ workflowId: 'mine', status: 503 })
  expect(response.headers['retry-after']).toBe('2')
})

test('keeps the request id of a caller, unless it is not a word', async () => {
  expect((await api.app.inject({ url: '/openapi.json', headers: { 'x-request-id': 'abc-1' } })).headers['x-request-id']).toBe('abc-1')
  expect((await api.app.inject({ url: '/openapi.json', headers: { 'x-request-id': 'a b' } })).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
})

test.each([
  ['what is not HTTP', 'hello\r\n\r\n', 400, 'malformed-request'],
  ['header fields without end', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
])('answers %s with a problem, too', async (_what, bytes, status, slug) => {
  if (!api.app.server.listening) await api.app.listen({ host: '127.0.0.1', port: 0 })
  const socket = connect((api.app.server.address() as AddressInfo).port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(bytes)
  const answer = await text(socket)
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} [\\s\\S]*application/problem\\+json[\\s\\S]*urn:sundial:problem:${slug}`))
})

test('counts requests by route, not by path', async () => {
  await api.app.inject({ url: '/v1/workflows/fulfil-order/some-id' })
  const metrics = await api.registry.metrics()
  expect(metrics).toMatch(/http_server_request_duration_seconds_count\{method="GET",route="\/v1\/workflows\/fulfil-order\/:workflowId",status="401"\} \d/)
  expect(metrics).not.toContain('some-id')
})
