import { expect, test } from 'vitest'
import { lockProblems, lockText, parseLock } from './lock.ts'

const A = `sha256:${'a'.repeat(64)}`
const B = `sha256:${'b'.repeat(64)}`

test('the same digests are the same text, in any order, and are read as they were', () => {
  const text = lockText({ 'b:1': B, 'a:1': A })
  expect(text).toBe(lockText({ 'a:1': A, 'b:1': B }))
  expect(parseLock(text)).toEqual({ 'a:1': A, 'b:1': B })
})

test('what is wanted and not locked is missing, unless it has a digest of its own; what nobody wants is stale', () => {
  expect(lockProblems(['c:1', 'a:1', `d@${A}`], { 'a:1': A, 'b:1': B })).toEqual({ missing: ['c:1'], stale: ['b:1'] })
})

test.each([
  ['{', 'is not JSON'],
  ['{"images":{"a:1":"latest"}}', 'images.a:1: must be a digest'],
  ['{"images":{},"date":"today"}', 'date'],
])('%s is refused', (text, message) => expect(() => parseLock(text)).toThrow(message))
