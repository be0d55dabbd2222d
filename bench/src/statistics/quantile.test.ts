import { expect, test } from 'vitest'
import { median, quantile } from './quantile.ts'

// As NumPy's default and R's type 7 give them.
test.each([
  [[1, 2, 3, 4], 0.5, 2.5],
  [[4, 1, 3, 2], 0.25, 1.75],
  [[15, 20, 35, 40, 50], 0.4, 29],
  [[7], 0.99, 7],
  [[1, 2], 0, 1],
  [[1, 2], 1, 2],
])('quantile of %j at %d is %d', (values, p, expected) => {
  expect(quantile(values, p)).toBeCloseTo(expected, 12)
})

test('the values stay as they are, and there is no median of nothing', () => {
  const values = [3, 1, 2]
  expect(median(values)).toBe(2)
  expect(values).toEqual([3, 1, 2])
  expect(median([])).toBeNaN()
})
