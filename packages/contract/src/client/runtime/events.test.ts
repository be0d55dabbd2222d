import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { follow } from './events.ts'

const cleanUps: (() => void)[] = []
afterEach(() => cleanUps.splice(0).forEach((cleanUp) => cleanUp()))

type Answer = (response: ServerResponse) => void

/** The events of a server that gives the answers one after another. */
async function open(answers: readonly Answer[], options: { timeoutMs?: number; signal?: AbortSignal } = {}) {
  const requests: IncomingMessage['headers'][] = []
  const server = createServer((request, response) => {
    requests.push(request.headers)
    answers[requests.length - 1]?.(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUps.push(
    () => server.closeAllConnections(),
    () => server.close(),
  )
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const caller = { options: { baseUrl, token: () => `token-${requests.length}`, retries: 0, timeoutMs: options.timeoutMs ?? 45_000 }, errors: {} }
  return { requests, events: follow(caller, '/events', options.signal) }
}

/** The parts of a stream, which then stays open, unless the last is "end" or "hang up". */
const stream =
  (...parts: readonly string[]): Answer =>
  async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const part of parts) {
      if (part === 'end') response.end()
      else if (part === 'hang up') response.destroy()
      // Each arrives by itself.
      else await new Promise((resolve) => response.write(part, () => setImmediate(resolve)))
    }
  }
const running = (id: number) => `id: ${id}\ndata: {"workflowId":"o","runId":"r","status":"RUNNING","progress":${id}}\n\n`
const completed = 'id: 9\ndata: {"workflowId":"o","runId":"r","status":"COMPLETED"}\n\n'

async function read(events: AsyncIterable<{ status: string; progress?: unknown }>): Promise<unknown[]> {
  const seen = []
  for await (const { status, progress } of events) seen.push(progress ?? status)
  return seen
}

test('events arrive in pieces, between comments, until the workflow has ended', async () => {
  const { events, requests } = await open([
    stream('retry: 1\n\n:\n\nid: 1\nda', 'ta: {"status":"RUNNING","prog', 'ress":"ü"}\r\n\r', `\n${completed}`, running(10)),
  ])
  expect(await read(events)).toEqual(['ü', 'COMPLETED'])
  expect(requests[0]).toMatchObject({ accept: 'text/event-stream', authorization: 'Bearer token-0' })
  expect(requests[0]).not.toHaveProperty('last-event-id')
})

test.each(['hang up', 'end'])('a stream that is lost (%s) is opened again after what was seen, with a fresh token', async (lost) => {
  const { events, requests } = await open([stream('retry: 1\n\n', running(1), running(2), lost), stream('retry: 1\n\n', lost), stream(running(3), completed)])
  expect(await read(events)).toEqual([1, 2, 3, 'COMPLETED'])
  expect(requests.map((headers) => [headers['last-event-id'], headers.authorization])).toEqual([
    [undefined, 'Bearer token-0'],
    ['2', 'Bearer token-1'],
    ['2', 'Bearer token-2'],
  ])
})

test('a stream that says nothing any more is opened again; the end that was seen already ends it', async () => {
  const { events, requests } = await open([stream('retry: 1\n\n', running(1)), (response) => response.writeHead(204).end()], { timeoutMs: 1500 })
  expect(await read(events)).toEqual([1])
  expect(requests[1]).toMatchObject({ 'last-event-id': '1' })
})

test('what the API refuses is thrown, also of a stream that was open', async () => {
  const refused: Answer = (response) => response.writeHead(404).end('{"type":"urn:sundial:problem:not-found"}')
  const { events } = await open([stream('retry: 1\n\n', running(1), 'end'), refused])
  expect((await events.next()).value).toMatchObject({ progress: 1 })
  await expect(events.next()).rejects.toMatchObject({ name: 'ApiError', problem: 'not-found' })
})

test('whoever stops reading, or ends the call, closes the stream', async () => {
  const closed: Promise<unknown>[] = []
  const open1: Answer = (response) => {
    closed.push(once(response, 'close'))
    stream(running(1))(response)
  }
  const left = await open([open1])
  for await (const _ of left.events) break
  const controller = new AbortController()
  const ended = await open([open1], { signal: controller.signal })
  await ended.events.next()
  const next = ended.events.next()
  controller.abort(new Error('enough'))
  await expect(next).rejects.toThrow('enough')
  expect(await Promise.all(closed)).toHaveLength(2)
})
