import { expect, test } from 'vitest'
import { dropReason } from './drop.ts'

const quiet = { steal: 0.02, iowait: 0.3, foreign: 0.05, load: 4 }

test('a slot counts while steal and foreign work are small, whatever the load', () => {
  expect(dropReason(quiet)).toBeUndefined()
  expect(dropReason({ ...quiet, steal: 0.1, foreign: 0.15 })).toBeUndefined()
})

test.each([
  [{ steal: 0.11 }, 'other guests of the host took 11 % of the processors'],
  [{ foreign: 0.32 }, 'other processes used 32 % of the processors'],
])('with %j it does not', (noise, reason) => {
  expect(dropReason({ ...quiet, ...noise })).toBe(reason)
})
