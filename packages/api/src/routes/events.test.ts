import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type GrpcAnswer, startGrpcServer } from '../test/grpc-server.ts'
import { described, queried, RUN_ID, type TestRun } from '../test/replies.ts'
import { startTestApi, type TestApiOptions } from '../test/test-api.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})
const patience = { timeout: 10_000, interval: 10 }
const EVENTS = '/v1/workflows/fulfil-order/one/events'

/** An API that listens, and a server with a run that the test moves. */
async function open(options: TestApiOptions = {}) {
  const world: { run: TestRun & { historyLength: number }; state: string | undefined; away: boolean } = {
    run: { runId: RUN_ID, historyLength: 3 },
    state: 'new',
    away: false,
  }
  const server = await startGrpcServer((method): GrpcAnswer => {
    if (world.away) return { code: 14, details: 'away' }
    if (method === 'QueryWorkflow') return world.state === undefined ? { code: 9, details: 'no worker' } : queried({ state: world.state })
    return described(world.run)
  })
  const api = await startTestApi(server.address, options)
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  cleanUps.push(
    () => server.close(),
    () => api.close(),
  )
  const { port } = api.app.server.address() as AddressInfo
  const follow = async (headers: Record<string, string> = {}, claims: object = {}) => {
    const authorization = `Bearer ${await api.issuer.token({ scope: 'orders:read', ...claims })}`
    const request = get({ port, path: EVENTS, headers: { authorization, ...headers }, agent: false })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    const stream = { status: response.statusCode, headers: response.headers, text: '', ended: false, leave: () => void request.destroy() }
    response.on('error', () => undefined)
    request.on('error', () => undefined)
    response.on('data', (chunk: Buffer) => (stream.text += chunk.toString())).on('end', () => (stream.ended = true))
    cleanUps.push(() => request.destroy())
    return stream
  }
  return { server, world, follow }
}

const events = (text: string) => [...text.matchAll(/id: (.+)\ndata: (.+)\n\n/g)].map(([, id, data]) => ({ id, ...(JSON.parse(data as string) as object) }))

test('tells where a workflow stands whenever that changes, and ends with it', async () => {
  const { server, world, follow } = await open()
  const stream = await follow()
  expect(stream.status).toBe(200)
  expect(stream.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-request-id': expect.any(String) })
  await expect
    .poll(() => events(stream.text), patience)
    .toEqual([{ id: `${RUN_ID}-3-RUNNING`, workflowId: 'one', runId: RUN_ID, status: 'RUNNING', progress: { state: 'new' } }])
  Object.assign(world, { state: 'paid', run: { ...world.run, historyLength: 7 } })
  await expect.poll(() => events(stream.text)[1], patience).toMatchObject({ status: 'RUNNING', progress: { state: 'paid' } })
  // Nobody answers queries, or nobody answers at all: it waits for better times.
  Object.assign(world, { state: undefined, run: { ...world.run, historyLength: 9 } })
  await expect.poll(() => events(stream.text)[2], patience).toEqual({ id: `${RUN_ID}-9-RUNNING`, workflowId: 'one', runId: RUN_ID, status: 'RUNNING' })
  world.away = true
  const { length } = stream.text
  const asked = server.calls.length
  // More than one look and its second attempt.
  await expect.poll(() => server.calls.length, patience).toBeGreaterThan(asked + 2)
  expect({ length: stream.text.length, ended: stream.ended }).toEqual({ length, ended: false })
  Object.assign(world, { away: false, state: 'done', run: { ...world.run, status: 'COMPLETED' } })
  await expect.poll(() => stream.ended, patience).toBe(true)
  expect(events(stream.text).at(-1)).toMatchObject({ status: 'COMPLETED', progress: { state: 'done' } })
  // A browser comes back by itself, until it is told that there is nothing more.
  const again = await follow({ 'last-event-id': events(stream.text).at(-1)?.id ?? '' })
  expect(again.status).toBe(204)
}, 30_000)

test('a client that comes back gets what it has not seen, and not the same again', async () => {
  const { server, world, follow } = await open()
  const stream = await follow({ 'last-event-id': `${RUN_ID}-3-RUNNING` })
  await expect.poll(() => stream.text, patience).toBe('retry: 2000\n\n')
  await expect.poll(() => server.calls.filter(({ method }) => method === 'DescribeWorkflowExecution').length, patience).toBeGreaterThan(2)
  expect(server.calls.some(({ method }) => method === 'QueryWorkflow')).toBe(false)
  Object.assign(world, { run: { ...world.run, historyLength: 5 } })
  await expect.poll(() => events(stream.text), patience).toMatchObject([{ id: `${RUN_ID}-5-RUNNING` }])
})

test('a workflow that is not there, or not for the caller, is a problem and no stream', async () => {
  const { world, follow } = await open()
  expect((await follow({}, { scope: 'orders:write' })).status).toBe(403)
  Object.assign(world, { run: { ...world.run, type: 'audit' } })
  expect(await follow()).toMatchObject({ status: 404, headers: { 'content-type': 'application/problem+json' } })
})

test('a subject may have so many streams and no more, until it closes one', async () => {
  const { follow } = await open({ limits: { requestsPerMinute: 0, streamsPerSubject: 2 } })
  const [first] = [await follow(), await follow()]
  expect(await follow()).toMatchObject({ status: 429, headers: { 'retry-after': '5' } })
  expect((await follow({}, { sub: 'bob' })).status).toBe(200)
  first?.leave()
  await expect.poll(async () => (await follow()).status, { timeout: 5000, interval: 100 }).toBe(200)
})

test('ends when the API stops, and when the token does', async () => {
  const stopping = new AbortController()
  const { follow } = await open({ stopping: stopping.signal })
  const short = await follow({}, { exp: Math.floor(Date.now() / 1000) + 2 })
  const long = await follow()
  await expect.poll(() => short.ended, patience).toBe(true)
  expect(long.ended).toBe(false)
  stopping.abort()
  await expect.poll(() => long.ended, { timeout: 500, interval: 10 }).toBe(true)
})
