import { temporal } from '@temporalio/proto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startGrpcServer, type TestGrpcServer } from '../test/grpc-server.ts'
import { startTestApi, type TestApi } from '../test/test-api.ts'

const { ListWorkflowExecutionsRequest, CountWorkflowExecutionsRequest, CountWorkflowExecutionsResponse } = temporal.api.workflowservice.v1

/** The queries that were asked. */
const queries: string[] = []
let server: TestGrpcServer
let api: TestApi
beforeAll(async () => {
  const groups = [
    { groupValues: [{ metadata: { encoding: Buffer.from('json/plain'), type: Buffer.from('Keyword') }, data: Buffer.from('"TimedOut"') }], count: 2 },
  ]
  server = await startGrpcServer((method, request) => {
    queries.push((method === 'ListWorkflowExecutions' ? ListWorkflowExecutionsRequest : CountWorkflowExecutionsRequest).decode(request).query)
    return {
      bytes:
        method === 'ListWorkflowExecutions'
          ? new Uint8Array()
          : CountWorkflowExecutionsResponse.encode(CountWorkflowExecutionsResponse.fromObject({ count: 7, groups })).finish(),
    }
  })
  api = await startTestApi(server.address)
})
beforeEach(() => void queries.splice(0))
afterAll(async () => {
  await api.close()
  server.close()
})

const OF_ORDERS = "WorkflowType IN ('fulfil-order')"

test.each<[string, Record<string, string>, string]>([
  ['nothing but the types that the caller may read', {}, OF_ORDERS],
  ['a status', { status: 'CANCELLED' }, `${OF_ORDERS} AND ExecutionStatus = 'Canceled'`],
  ['an id', { workflowId: 'a/b' }, `${OF_ORDERS} AND WorkflowId = 'a/b'`],
  ['the beginning of an id', { workflowIdPrefix: 'shop-' }, `${OF_ORDERS} AND WorkflowId STARTS_WITH 'shop-'`],
  [
    'a span of time, in any zone',
    { startedAfter: '2026-01-01T01:00:00+01:00', startedBefore: '2026-02-01T00:00:00Z' },
    `${OF_ORDERS} AND StartTime >= '2026-01-01T00:00:00.000Z' AND StartTime < '2026-02-01T00:00:00.000Z'`,
  ],
  ['a keyword', { 'attr.OrderState': 'paid' }, `${OF_ORDERS} AND OrderState = 'paid'`],
  ['the beginning of a keyword', { 'attr.OrderState.prefix': 'pa' }, `${OF_ORDERS} AND OrderState STARTS_WITH 'pa'`],
  ['numbers', { 'attr.OrderAmount.gte': '100', 'attr.OrderAmount.lt': '500' }, `${OF_ORDERS} AND OrderAmount >= 100 AND OrderAmount < 500`],
  ['a list of keywords', { 'attr.OrderTags': 'gift' }, `${OF_ORDERS} AND OrderTags = 'gift'`],
  ['a truth value', { 'attr.OrderGift': 'true' }, `${OF_ORDERS} AND OrderGift = true`],
  ['a value with the quotes of the query language', { 'attr.OrderState': "x' OR 'a'='a" }, `${OF_ORDERS} AND OrderState = 'x'' OR ''a''=''a'`],
  ['a value with its escapes', { 'attr.OrderState': "\\' OR 1=1 --" }, `${OF_ORDERS} AND OrderState = '\\\\'' OR 1=1 --'`],
])('a list asks for %s', async (_what, filters, query) => {
  for (const url of ['/v1/workflows', '/v1/workflows:count']) {
    expect((await api.as('orders:read', { method: 'GET', url: `${url}?${new URLSearchParams(filters).toString()}` })).statusCode).toBe(200)
  }
  expect(queries).toEqual([query, query])
})

test.each<[string, string]>([
  ['attr.OrderAmount', 'many'],
  ['attr.OrderAmount', '1.5'],
  ['attr.OrderAmount.gte', '1e400'],
  ['attr.OrderGift', 'perhaps'],
  ['attr.OrderDue', 'tomorrow'],
  ['attr.OrderDue.lt', '2026-12-31T23:59:60Z'],
  ['attr.OrderState', ''],
  ['attr.OrderState', 'a\u0000b'],
  ['attr.OrderState', 'x'.repeat(256)],
  ['attr.OrderState.gt', 'a'],
  ['attr.Unknown', 'a'],
  ['attr.WorkflowType', 'audit'],
  ['q', '1=1'],
])('a filter %s=%j that cannot be is refused before Temporal is asked', async (name, value) => {
  const response = await api.as('orders:read', { method: 'GET', url: `/v1/workflows?${new URLSearchParams({ [name]: value }).toString()}` })
  expect({ status: response.statusCode, errors: response.json().errors }).toMatchObject({ status: 422, errors: [{ parameter: name }] })
  expect(queries).toEqual([])
})

test('a type that the caller may not read cannot be listed or counted', async () => {
  expect((await api.as('orders:read', { method: 'GET', url: '/v1/workflows?type=audit' })).statusCode).toBe(403)
  expect((await api.as('orders:read', { method: 'GET', url: '/v1/workflows:count?type=audit' })).statusCode).toBe(403)
  expect(queries).toEqual([])
})

test('counts, also by status', async () => {
  expect((await api.as('orders:read', { method: 'GET', url: '/v1/workflows:count' })).json()).toEqual({ count: 7 })
  expect((await api.as('orders:read', { method: 'GET', url: '/v1/workflows:count?by=status' })).json()).toEqual({ count: 7, byStatus: { TIMED_OUT: 2 } })
  expect(queries[1]).toBe(`${OF_ORDERS} GROUP BY ExecutionStatus`)
})
