import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { ApiError, type ClientOptions, DeclaredError, type Problem, StillRunning } from './public.ts'
import type { listClient } from './lists.ts'
import type { scheduleHandle, scheduleList } from './schedules.ts'
import { createClient } from './workflows.ts'

class Declined extends DeclaredError<{ reason: string }> {}
interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Record<string, string>
}
interface Handle {
  readonly workflowId: string
  result(options?: object): Promise<unknown>
  cancel(reason?: string): Promise<void>
  terminate(): Promise<void>
  readonly signals: Record<'go', (input: unknown, options?: object) => Promise<void>>
  readonly queries: Record<'state' | 'line', (...args: unknown[]) => Promise<unknown>>
  readonly updates: Record<'change', (input: unknown) => Promise<unknown>>
  reset(to: string | number, options?: object): Promise<unknown>
}
interface Client extends ReturnType<typeof listClient>, ReturnType<typeof scheduleList> {
  readonly order: {
    start(input: unknown, options?: object): Promise<Handle>
    ensure(id: string, input: unknown, options?: object): Promise<Handle>
    get(id: string): Handle
    readonly signalWithStart: Record<'go', (id: string, body: object, options?: object) => Promise<Handle>>
    readonly updateWithStart: Record<'change', (id: string, body: object, options?: object) => Promise<unknown>>
  }
  readonly schedules: { readonly nightly: ReturnType<typeof scheduleHandle> }
}

const cleanUps: (() => void)[] = []
afterEach(() => cleanUps.splice(0).forEach((cleanUp) => cleanUp()))

/** A client, and a server that gives the answers one after another, the last one for ever. Nothing: it hangs up. */
async function open(answers: readonly (Answer | undefined)[], options: Partial<ClientOptions> = {}) {
  const requests: { line: string; headers: IncomingMessage['headers']; body: unknown }[] = []
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray()
    const body = Buffer.concat(chunks as Buffer[]).toString()
    const answer = answers[Math.min(requests.length, answers.length - 1)]
    requests.push({ line: `${request.method} ${request.url}`, headers: request.headers, body: body === '' ? undefined : JSON.parse(body) })
    if (!answer) request.socket.destroy()
    else response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(JSON.stringify(answer.body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUps.push(
    () => server.closeAllConnections(),
    () => server.close(),
  )
  const client = createClient<Client>(
    { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, token: () => `token-${requests.length}`, ...options },
    {
      workflows: {
        order: {
          type: 'fulfil order',
          signals: { go: 'go-on' },
          queries: { state: ['state', 'GET'], line: ['line', 'POST'] },
          updates: { change: 'change-it' },
          errors: { Declined },
        },
      },
      schedules: { nightly: 'each-night' },
    },
  )
  return { client, order: client.order, requests, lines: () => requests.map(({ line }) => line) }
}

const started = { status: 201, body: { workflowId: 'o/1' } }
const busy: Answer = { status: 503, body: { type: 'urn:sundial:problem:unavailable', retryable: true } }

test('a start is sent again with the same key until it is answered, each time with a fresh token', async () => {
  const { order, requests } = await open([undefined, busy, started])
  expect((await order.start({ a: 1 }, { workflowId: 'o/1' })).workflowId).toBe('o/1')
  expect(requests.map(({ line }) => line)).toEqual(Array.from({ length: 3 }, () => 'POST /v1/workflows/fulfil%20order'))
  expect(new Set(requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
  expect(requests[2]).toMatchObject({ headers: { authorization: 'Bearer token-2', 'workflow-id': 'o/1', 'content-type': 'application/json' }, body: { a: 1 } })
})

test('is told in the end that nothing helped', async () => {
  const { order, requests } = await open([busy], { retries: 1 })
  await expect(order.start({})).rejects.toMatchObject({ name: 'ApiError', status: 503, problem: 'unavailable', retryable: true })
  expect(requests).toHaveLength(2)
})

const invalid = { type: 'urn:sundial:problem:validation', title: 'No', errors: [{ pointer: '#/a', detail: 'is required' }] }
test.each([
  ['a wrong request', { status: 422, body: invalid }, { message: 'No: #/a: is required', errors: [{ pointer: '#/a' }] }],
  ['what is no problem of the API', { status: 500, body: '<html>' }, { message: 'the API answered 500', problem: '', retryable: false }],
])('%s is not sent again', async (_, answer, expected) => {
  const { order, requests } = await open([answer])
  const error: unknown = await order.start({}).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject(expected)
  expect(requests).toHaveLength(1)
})

test('an end that may come twice is asked for again, one that may not is not', async () => {
  const cancelled = await open([undefined, { status: 202 }])
  await cancelled.order.get('1').cancel('why')
  expect(cancelled.requests[1]).toMatchObject({ line: 'POST /v1/workflows/fulfil%20order/1/cancel', body: { reason: 'why' } })
  const terminated = await open([undefined, { status: 204 }])
  await expect(terminated.order.get('1').terminate()).rejects.toThrow('fetch failed')
})

test('a declared error has its class and its data, and is never sent again', async () => {
  const problem: Problem = {
    type: 'urn:sundial:problem:Declined',
    retryable: true,
    workflowStatus: 'FAILED',
    error: { name: 'Declined', data: { reason: 'limit' } },
  }
  const { order, requests } = await open([{ status: 429, body: problem }])
  const error: unknown = await order
    .get('1')
    .result()
    .catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Declined)
  expect(error).toMatchObject({ data: { reason: 'limit' }, status: 429, retryable: true, workflowStatus: 'FAILED' })
  expect(requests).toHaveLength(1)
})

test('waits for a result as long as it takes, or as long as it was told', async () => {
  const { order, lines } = await open([
    { status: 202, body: {} },
    { status: 200, body: { result: 7 } },
  ])
  expect(await order.get('a/b').result()).toBe(7)
  expect(lines()).toEqual(Array.from({ length: 2 }, () => 'GET /v1/workflows/fulfil%20order/a%2Fb/result?wait=30'))
  const slow = await open([{ status: 202, body: {} }])
  await expect(slow.order.get('1').result({ timeoutMs: 0 })).rejects.toEqual(new StillRunning('1'))
  expect(slow.lines()).toEqual(['GET /v1/workflows/fulfil%20order/1/result?wait=0'])
})

test('signals, queries and updates go where the API has them', async () => {
  const { order, lines, requests } = await open([{ status: 200, body: { result: 1, updateId: 'u' } }])
  const handle = order.get('1')
  await handle.signals.go({ by: 'me' }, { idempotencyKey: 'k' })
  expect([await handle.queries.state(), await handle.queries.line({ n: 1 }, { rejectClosed: true }), await handle.updates.change({})]).toEqual([1, 1, 1])
  expect(lines().map((line) => line.replace('/v1/workflows/fulfil%20order/1', ''))).toEqual([
    'POST /signals/go-on',
    'GET /queries/state',
    'POST /queries/line?rejectClosed=true',
    'POST /updates/change-it',
  ])
  expect(requests[0]).toMatchObject({ headers: { 'idempotency-key': 'k' }, body: { by: 'me' } })
})

test('an update that takes long is asked for by its id', async () => {
  const { order, lines } = await open([
    { status: 202, body: { updateId: 'u/1' } },
    { status: 200, body: { result: 2 } },
  ])
  expect(await order.get('1').updates.change({})).toBe(2)
  expect(lines()[1]).toBe('GET /v1/workflows/fulfil%20order/1/updates/change-it/u%2F1?wait=30')
})

test('a call ends with its signal, also between two attempts', async () => {
  const { order } = await open([{ ...busy, headers: { 'retry-after': '60' } }])
  const controller = new AbortController()
  const call = order.start({}, { signal: controller.signal })
  controller.abort(new Error('enough'))
  await expect(call).rejects.toThrow('enough')
})

test('a message that starts what it is for goes where the API has it, and an update is awaited', async () => {
  const { order, requests } = await open([
    { status: 202, body: { workflowId: 'o/1', runId: 'r' } },
    { status: 202, body: { updateId: 'u' } },
    { status: 200, body: { result: 3 } },
  ])
  const body = { start: { a: 1 }, signal: { by: 'me' } }
  expect((await order.signalWithStart.go('o/1', body, { idempotencyKey: 'k' })).workflowId).toBe('o/1')
  expect(await order.updateWithStart.change('o/1', { start: {}, update: {} })).toBe(3)
  expect(requests.map(({ line }) => line.replace('/v1/workflows/fulfil%20order', ''))).toEqual([
    'POST /o%2F1/signal-with-start/go-on',
    'POST /o%2F1/update-with-start/change-it',
    'GET /o%2F1/updates/change-it/u?wait=30',
  ])
  expect(requests[0]).toMatchObject({ headers: { 'idempotency-key': 'k' }, body })
  expect(requests[1]?.headers).toMatchObject({ 'idempotency-key': expect.stringMatching(/./), prefer: 'wait=30' })
})

test('another run is asked for by its key, and a reset is sent again with the same one', async () => {
  const { order, requests } = await open([started, undefined, { status: 200, body: { workflowId: 'o/1', runId: 'r2' } }])
  await order.ensure('o/1', {}, { idempotencyKey: 'second' })
  expect(await order.get('o/1').reset('last', { reason: 'repaired' })).toEqual({ workflowId: 'o/1', runId: 'r2' })
  expect(requests[0]?.headers['idempotency-key']).toBe('second')
  expect(requests[2]).toMatchObject({ line: 'POST /v1/workflows/fulfil%20order/o%2F1/reset', body: { to: 'last', reason: 'repaired' } })
  expect(requests[2]?.headers['idempotency-key']).toBe(requests[1]?.headers['idempotency-key'])
})

test('a list goes on page by page with the same filter, and stops where nobody reads on', async () => {
  const { client, lines } = await open([
    { status: 200, body: { items: [{ workflowId: 'a' }, { workflowId: 'b' }], nextCursor: 'c+1' } },
    { status: 200, body: { items: [{ workflowId: 'c' }] } },
    { status: 200, body: { items: [], nextCursor: 'never' } },
  ])
  const filter = {
    status: 'FAILED',
    workflowId: { prefix: 'o&' },
    startedAfter: new Date(0),
    attributes: { Level: { gte: 1, lt: 9 }, Kind: 'x', Since: { gt: new Date(0) } },
  } as const
  const found = []
  for await (const { workflowId } of client.listWorkflows(filter, { pageSize: 2 })) found.push(workflowId)
  expect(found).toEqual(['a', 'b', 'c'])
  const query =
    'status=FAILED&startedAfter=1970-01-01T00%3A00%3A00.000Z&workflowIdPrefix=o%26&attr.Level.gte=1&attr.Level.lt=9&attr.Kind=x&attr.Since.gt=1970-01-01T00%3A00%3A00.000Z'
  expect(lines()).toEqual([`GET /v1/workflows?${query}&limit=2`, `GET /v1/workflows?${query}&limit=2&cursor=c%2B1`])
  for await (const page of client.listWorkflows({}, { cursor: 'mine' }).pages()) if (page.nextCursor === 'never') break
  expect(lines().slice(2)).toEqual(['GET /v1/workflows?cursor=mine'])
})

test('workflows are counted by status, and schedules asked for and changed', async () => {
  const count = { count: 3, byStatus: { FAILED: 1, COMPLETED: 2 } }
  const { client, lines, requests } = await open([{ status: 200, body: { ...count, items: [{ name: 'each-night' }] } }])
  expect(await client.countWorkflows({ workflowId: 'x' })).toMatchObject(count)
  expect(await client.listSchedules()).toEqual([{ name: 'each-night' }])
  await client.schedules.nightly.describe()
  await client.schedules.nightly.pause('why')
  await client.schedules.nightly.resume()
  expect(lines()).toEqual([
    'GET /v1/workflows:count?workflowId=x&by=status',
    'GET /v1/schedules',
    ...['', '/pause', '/resume'].map((end) => `${end ? 'POST' : 'GET'} /v1/schedules/each-night${end}`),
  ])
  expect(requests[3]?.body).toEqual({ reason: 'why' })
  const unsure = await open([undefined])
  await expect(unsure.client.schedules.nightly.trigger()).rejects.toThrow('fetch failed')
  expect(unsure.lines()).toHaveLength(1)
})
