import { expect, test } from 'vitest'
import { median, quantile } from './quantile.ts'
import { seededRandom } from './random.ts'
import { ratioOf, verdict, type Ratio } from './ratio.ts'

test('the ratio is the median of the ratios of pairs, not the ratio of medians', () => {
  expect(
    ratioOf([
      [2, 1],
      [3, 2],
      [40, 10],
    ]),
  ).toMatchObject({ ratio: 2, pairs: 3 })
  expect(
    ratioOf([
      [1, 4],
      [4, 1],
    ])?.ratio,
  ).toBeCloseTo(1, 12)
})

test('one pair has no width, and no pair no ratio', () => {
  expect(ratioOf([[3, 2]])).toMatchObject({ ratio: 1.5, low: 1.5, high: 1.5 })
  expect(ratioOf([])).toBeUndefined()
  expect(ratioOf([[0, 1]])).toBeUndefined()
})

test('with three pairs the interval is that of the exact bootstrap', () => {
  // Of 27 equally likely resamples of a < b < c, 7 have the median a and 7 the median c: far more than 2.5 % each.
  expect(
    ratioOf([
      [1, 1],
      [2, 1],
      [4, 1],
    ]),
  ).toMatchObject({ low: 1, high: 4 })
})

test('with eleven pairs the interval is near that of order statistics', () => {
  // The binomial interval of a median of 11 is from the 2nd to the 10th (98.8 %); one step further in has 93.5 %.
  const found = ratioOf(Array.from({ length: 11 }, (_, index) => [index + 1, 1] as const))
  expect(found?.ratio).toBeCloseTo(6, 9)
  expect(found?.low).toBeGreaterThanOrEqual(2)
  expect(found?.low).toBeLessThanOrEqual(4)
  expect(found?.high).toBeGreaterThanOrEqual(8)
  expect(found?.high).toBeLessThanOrEqual(10)
})

test('about 19 of 20 intervals contain the true ratio', () => {
  const random = seededRandom(11)
  const runs = Array.from({ length: 40 }, () => ratioOf(noisyPairs({ factor: 1.2, count: 12, random })) as Ratio)
  const hits = runs.filter(({ low, high }) => low <= 1.2 && high >= 1.2).length
  // A percentile bootstrap of a median is a little off with few pairs.
  expect(hits).toBeGreaterThanOrEqual(35)
})

test('a difference of 10 % is found, and the same contestant is not found to differ from itself', () => {
  const random = seededRandom(5)
  const verdicts = (factor: number) =>
    Array.from({ length: 30 }, () => {
      const floor = ratioOf(noisyPairs({ factor: 1, count: 12, random }))
      return verdict(ratioOf(noisyPairs({ factor, count: 12, random })), floor)
    })
  const differing = (factor: number) => verdicts(factor).filter((one) => one === 'different').length
  expect(differing(1.1)).toBeGreaterThanOrEqual(27)
  expect(differing(1 / 1.1)).toBeGreaterThanOrEqual(27)
  expect(differing(1)).toBeLessThanOrEqual(3)
})

test('there is no verdict without a noise floor', () => {
  expect(verdict(ratioOf([[2, 1]]), undefined)).toBe('unknown')
})

interface Noisy {
  readonly factor: number
  readonly count: number
  readonly random: () => number
}

/** Pairs as a noisy machine gives them: each value off by some 3 %, and now and then one that was disturbed takes half as long again. */
function noisyPairs({ factor, count, random }: Noisy): (readonly [number, number])[] {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const measured = (value: number) => value * Math.exp(0.03 * normal()) * (random() < 0.05 ? 1.5 : 1)
  return Array.from({ length: count }, () => [measured(10 * factor), measured(10)] as const)
}

test('the noise of these tests is as described', () => {
  const ratios = noisyPairs({ factor: 1, count: 10_000, random: seededRandom(9) }).map(([value, reference]) => Math.log(value / reference))
  expect(median(ratios)).toBeCloseTo(0, 2)
  expect(quantile(ratios, 0.75) - quantile(ratios, 0.25)).toBeCloseTo(0.06, 1)
})
