import { expect, test } from 'vitest'
import { cacheSize } from './cache-size.ts'

const MIB = 1024 * 1024

test.each([
  ['the heap', { heapBytes: 2048 * MIB, processBytes: 8192 * MIB }, 1024],
  ['the memory of the container', { heapBytes: 4096 * MIB, processBytes: 512 * MIB }, 256],
  ['what is always needed', { heapBytes: 4 * MIB, processBytes: 4 * MIB }, 10],
])('is limited by %s', (_, limits, expected) => {
  expect(cacheSize(limits)).toBe(expected)
})

test('knows the limits of this process', () => {
  expect(cacheSize()).toBeGreaterThan(10)
})
