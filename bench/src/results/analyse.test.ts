import { expect, test } from 'vitest'
import { startup } from '../benches/startup.ts'
import { comparisons, summaries } from './analyse.ts'
import { inventResults } from './results.fixture.ts'
import type { ResultFile } from './schema.ts'

/** Sundial needs `factor` times as long as the other. */
function planted(factor: number, seed: number): ResultFile {
  return inventResults({ bench: startup, passes: 12, seed, value: (contestant) => (contestant === 'start-dev' ? 4 : 4 * factor) })
}

const verdictOf = (results: ResultFile) => comparisons(results).find(({ cell, metric }) => cell === 'warm' && metric === 'firstWorkflow')

test('a difference of 10 % is found, with about its size', () => {
  for (const seed of [1, 2, 3]) {
    const found = verdictOf(planted(1.1, seed))
    expect(found?.verdict).toBe('different')
    expect(found?.ratio?.ratio).toBeCloseTo(1.1, 1)
    expect(verdictOf(planted(1 / 1.1, seed))?.verdict).toBe('different')
  }
})

test('contestants that are the same do not differ', () => {
  const verdicts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((seed) => verdictOf(planted(1, seed))?.verdict)
  expect(verdicts.filter((one) => one === 'no difference').length).toBeGreaterThanOrEqual(9)
})

test('goals stand with their ratios', () => {
  const found = comparisons(planted(2, 1)).filter(({ goal }) => goal !== undefined)
  expect(found.map(({ cell, metric, goal }) => [cell, metric, goal])).toEqual([
    ['warm', 'firstWorkflow', { ratio: 1.5, side: 'at most', reached: false }],
    ['fresh', 'firstWorkflow', { ratio: 2.5, side: 'at most', reached: true }],
  ])
})

test('a slot that does not count leaves its pair out, and its values', () => {
  const results = planted(1.1, 1)
  const [slot] = results.slots.filter(({ contestant, phase }) => contestant === 'start-dev' && phase === 'warm')
  slot!.dropped = 'noise'
  expect(verdictOf(results)?.ratio?.pairs).toBe(11)
  // The noise floor is of others.
  expect(verdictOf(results)?.floor?.pairs).toBe(12)
  const values = summaries(results).find((one) => one.contestant === 'start-dev' && one.cell === 'warm' && one.metric === 'ready')
  expect(values?.values).toHaveLength(11)
})

test('without any pair there is nothing to compare', () => {
  const results = planted(1.1, 1)
  for (const slot of results.slots) slot.dropped = 'noise'
  expect(comparisons(results)).toEqual([])
  expect(summaries(results)).toEqual([])
})
