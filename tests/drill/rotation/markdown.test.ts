import { expect, test } from 'vitest'
import { isGood, rotationMarkdown } from './markdown.ts'
import type { RotationResult } from './rotation.ts'

const machine = { cpu: 'one', cores: 2, memoryGiB: 4, load: 1, system: 'Linux', node: 'v20', commit: 'abc' }
const context = { machine, date: '2026-01-01', customers: 3, everySeconds: 6, tokenLifetime: 60 }
const taken = { certificates: 2, encryptionKeys: 2, tokens: 3, clientSecrets: 1 }
const good: RotationResult = {
  seconds: 61,
  rounds: 2,
  orders: 40,
  requests: 90,
  failures: [],
  witnesses: 2,
  unreadable: [],
  taken: { 'orders-worker': taken, 'orders-api': taken },
}

test.each<[string, Partial<RotationResult>, boolean]>([
  ['nothing failed, and all was taken up', {}, true],
  ['a request failed', { failures: [{ request: 'GET /', status: 503, body: {} }] }, false],
  ['an order cannot be read', { unreadable: ['order-1'] }, false],
  ['a secret was not taken up', { taken: { ...good.taken, 'orders-api': { ...taken, clientSecrets: 0 } } }, false],
  ['nobody ordered', { orders: 0 }, false],
])('the drill is good only if nothing failed and everybody took up everything: %s', (_, over, expected) => {
  expect(isGood({ ...good, ...over })).toBe(expected)
})

test('what failed is told', () => {
  const text = rotationMarkdown({ ...good, failures: [{ request: 'GET /x', status: 503, body: { a: 1 } }], unreadable: ['order-1'] }, context)
  expect(text).toContain('**1 failed requests, 1 of 2 orders unreadable**')
  expect(text).toContain('- GET /x: 503 {"a":1}')
  expect(text).toContain('- order-1')
  expect(rotationMarkdown(good, context)).toContain('| orders-worker | 2 | 2 | 3 | 1 |')
})
