import { expect, test } from 'vitest'
import { fingerprint, startIdentity } from './start-identity.ts'

const request = { type: 'fulfil-order', subject: 'alice' }

test('a start without a key or an id is new each time', () => {
  expect(startIdentity(request).workflowId).toMatch(/^[0-9a-f-]{36}$/)
  expect(startIdentity(request)).not.toEqual(startIdentity(request))
})

test('a key gives the same id again, and does not show in it', () => {
  const { workflowId } = startIdentity({ ...request, idempotencyKey: 'order 7' })
  expect(workflowId).toBe(startIdentity({ ...request, idempotencyKey: 'order 7' }).workflowId)
  expect(workflowId).toMatch(/^fulfil-order:alice:[0-9a-f]{64}$/)
})

test('a caller with a long name gets an id that Temporal can hold', () => {
  const { workflowId } = startIdentity({ ...request, subject: 'a'.repeat(255), idempotencyKey: 'k', idPrefix: 'acme.' })
  expect(workflowId).toMatch(/^acme\.[0-9a-f]{64}$/)
})

test.each([
  ['subject', { ...request, subject: 'bob', idempotencyKey: 'k' }],
  ['type', { ...request, type: 'audit', idempotencyKey: 'k' }],
  ['key', { ...request, idempotencyKey: 'l' }],
])('another %s gives another id', (_what, other) => {
  const mine = startIdentity({ ...request, idempotencyKey: 'k' })
  expect(startIdentity(other).workflowId).not.toBe(mine.workflowId)
  expect(startIdentity(other).keyHash).not.toBe(mine.keyHash)
})

test('the id of the caller is taken as it is, and the key is still remembered', () => {
  expect(startIdentity({ ...request, workflowId: 'mine' })).toEqual({ workflowId: 'mine', source: 'caller' })
  expect(startIdentity({ ...request, workflowId: 'mine', idempotencyKey: 'k' })).toEqual({
    workflowId: 'mine',
    source: 'caller',
    keyHash: startIdentity({ ...request, idempotencyKey: 'k' }).keyHash,
  })
})

test('the order of keys does not matter to a fingerprint, everything else does', () => {
  expect(fingerprint({ a: 1, b: { c: [1, 2], d: null } })).toBe(fingerprint({ b: { d: null, c: [1, 2] }, a: 1 }))
  const all = [{ a: 1 }, { a: '1' }, { a: [1] }, { a: null }, {}, [], null, undefined, { a: [1, 2] }, { a: [2, 1] }].map(fingerprint)
  expect(new Set(all).size).toBe(all.length)
})
