import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startGrpcServer, type TestGrpcServer } from '../test/grpc-server.ts'
import { longPoll } from './long-poll.ts'
import { openTestTemporal } from '../test/temporal.ts'
import type { Temporal } from './temporal.ts'

let server: TestGrpcServer
let temporal: Temporal
let answer: 'silence' | { code: number; details: string }
beforeAll(async () => {
  server = await startGrpcServer(() => answer)
  temporal = await openTestTemporal(server.address)
})
beforeEach(() => {
  answer = 'silence'
})
afterAll(async () => {
  await temporal.close()
  server.close()
})

/** Of the one wait that is not cut short. */
const WAIT_MS = 2500

function signals() {
  return { gone: new AbortController(), stopping: new AbortController() }
}

function wait(waitMs: number, { gone, stopping }: { gone: AbortController; stopping?: AbortController } = signals()) {
  const requests = () => temporal.client.workflow.getHandle('w').result()
  return longPoll(temporal, { waitMs, requests, gone: gone.signal, ...(stopping && { stopping: stopping.signal }) })
}

test('gives up after the wait, with requests whose deadline is well beyond it', async () => {
  const before = server.calls.length
  const begun = performance.now()
  // Long enough for the request to arrive on a machine that stalls.
  expect(await wait(WAIT_MS)).toEqual({ done: false })
  expect(performance.now() - begun).toBeGreaterThanOrEqual(WAIT_MS - 5)
  const calls = server.calls.slice(before)
  expect(calls).toHaveLength(1)
  // A server that sees a deadline within a second answers at once, and the SDK asks again.
  expect(calls[0]?.deadlineMs).toBeGreaterThan(WAIT_MS)
})

test.each(['gone', 'stopping'] as const)('gives up when the API or the caller is %s', async (which) => {
  const ends = signals()
  const before = server.calls.length
  const waiting = wait(60_000, ends)
  await expect.poll(() => server.calls.length).toBe(before + 1)
  ends[which].abort()
  expect(await waiting).toEqual({ done: false })
})

test('asks nothing for a caller that has gone', async () => {
  const ends = signals()
  ends.gone.abort()
  const before = server.calls.length
  expect(await wait(60_000, ends)).toEqual({ done: false })
  expect(server.calls).toHaveLength(before)
})

test('has one last look when the API is stopping already', async () => {
  const ends = signals()
  ends.stopping.abort()
  const begun = performance.now()
  expect(await wait(60_000, ends)).toEqual({ done: false })
  expect(performance.now() - begun).toBeLessThan(30_000)
  const known = { waitMs: 60_000, requests: () => Promise.resolve('refused'), gone: ends.gone.signal, stopping: ends.stopping.signal }
  expect(await longPoll(temporal, known)).toEqual({ done: true, result: 'refused' })
})

test('other errors are not the end of a wait', async () => {
  answer = { code: 7, details: 'Request unauthorized.' }
  await expect(wait(60_000)).rejects.toMatchObject({ cause: { code: 7 } })
})
