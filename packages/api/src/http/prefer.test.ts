import { expect, test } from 'vitest'
import { preferredWait } from './prefer.ts'

test.each([
  ['wait=5', 5],
  ['respond-async, wait=10', 10],
  ['WAIT = "3"; x=y', 3],
  [['handling=lenient', 'wait=7'], 7],
  ['wait=0', 0],
  ['wait=3600', 60],
  ['wait=-1', undefined],
  ['wait=soon', undefined],
  ['await=5', undefined],
  [undefined, undefined],
])('%o means %o', (header, seconds) => {
  expect(preferredWait(header)).toBe(seconds)
})
