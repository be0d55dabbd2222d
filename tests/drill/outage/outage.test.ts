import { expect, test } from 'vitest'
import { outageMarkdown } from './markdown.ts'
import type { OutageResult } from './outage.ts'
import { verdict } from './verdict.ts'

const good: OutageResult = {
  seconds: 60,
  halted: 2,
  started: 40,
  runs: 40,
  requests: 50,
  statuses: { 201: 39, 200: 1, 503: 4, 504: 6 },
  slowestMs: 10_100,
  notReadyAfterMs: { 'orders-worker': 9000, 'orders-api': 8000 },
  readyAgainAfterMs: { 'orders-worker': 1000, 'orders-api': 12_000 },
  notAlive: 0,
}
const context = {
  machine: { cpu: 'a processor', cores: 2, memoryGiB: 8, load: 2.5, system: 'Linux', node: 'v20', commit: 'abc' },
  date: '2026-01-01',
  callers: 8,
}

test.each([
  [{ notReadyAfterMs: { 'orders-api': Infinity } }, 'orders-api was not ready after Infinity ms; at most 20000 ms are allowed'],
  [{ readyAgainAfterMs: { 'orders-api': 30_001 } }, 'orders-api was ready again after 30001 ms; at most 30000 ms are allowed'],
  [{ slowestMs: 15_001 }, 'the slowest request was answered after 15001 ms; at most 15000 ms are allowed'],
  [{ notAlive: 1 }, 'liveness was not confirmed 1 times'],
  [{ runs: 39 }, '40 orders were started, and there are 39 runs of them'],
  [{ statuses: { 201: 40, 500: 2 } }, '2 requests were answered with 500'],
  [{ statuses: { 201: 40, 0: 3 } }, '3 requests had no answer'],
])('an outage with %j is not as it must be', (change, problem) => {
  expect(verdict({ ...good, ...change })).toEqual([problem])
  expect(outageMarkdown({ ...good, ...change }, context)).toMatch(/\*\*1 violations\*\*[^]*## Violations\n\n- /)
})

test('an outage that is as it must be says so in its first lines', () => {
  expect(verdict(good)).toEqual([])
  expect(outageMarkdown(good, context)).toContain(
    'answered for 60 s; each repeated a request with its Idempotency-Key until it was told that its order was started: **no violation**.',
  )
})
