import type { FastifyRequest } from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ApiContext } from '../api-context.ts'
import { startGrpcServer, type TestGrpcServer } from '../test/grpc-server.ts'
import { longPoll } from './long-poll.ts'
import { openTemporal, type Temporal } from './temporal.ts'

let server: TestGrpcServer
let temporal: Temporal
let answer: 'silence' | { code: number; details: string }
beforeAll(async () => {
  server = await startGrpcServer(() => answer)
  temporal = await openTemporal({ address: server.address, namespace: 'orders', credentials: { kind: 'none' } })
})
beforeEach(() => {
  answer = 'silence'
})
afterAll(async () => {
  await temporal.close()
  server.close()
})

function wait(waitMs: number, { gone, stopping } = { gone: new AbortController(), stopping: new AbortController() }) {
  const api = { temporal, stopping: stopping.signal } as Pick<ApiContext, 'temporal' | 'stopping'> as ApiContext
  return longPoll(api, { gone: gone.signal } as FastifyRequest, { waitMs, requests: () => temporal.client.workflow.getHandle('w').result() })
}

test('gives up after the wait, with requests whose deadline is well beyond it', async () => {
  const before = server.calls.length
  const begun = performance.now()
  expect(await wait(200)).toEqual({ done: false })
  expect(performance.now() - begun).toBeGreaterThanOrEqual(195)
  expect(server.calls.slice(before)).toHaveLength(1)
  // A server that sees a deadline within a second answers at once, and the SDK asks again.
  expect(server.calls.at(-1)?.deadlineMs).toBeGreaterThan(3000)
})

test.each(['gone', 'stopping'] as const)('gives up when the API or the caller is %s', async (which) => {
  const signals = { gone: new AbortController(), stopping: new AbortController() }
  const before = server.calls.length
  const waiting = wait(60_000, signals)
  await expect.poll(() => server.calls.length).toBe(before + 1)
  signals[which].abort()
  expect(await waiting).toEqual({ done: false })
  expect(await wait(60_000, signals)).toEqual({ done: false })
  expect(server.calls).toHaveLength(before + 1)
})

test('other errors are not the end of a wait', async () => {
  answer = { code: 7, details: 'Request unauthorized.' }
  await expect(wait(60_000)).rejects.toMatchObject({ cause: { code: 7 } })
})
