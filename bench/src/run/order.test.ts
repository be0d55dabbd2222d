import { expect, test } from 'vitest'
import { orderOf } from './order.ts'

test('two contestants run as ABBA, or as BAAB', () => {
  const orders = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => orderOf(['A', 'B'], 2, seed).flat().join(''))
  expect(new Set(orders)).toEqual(new Set(['ABBA', 'BAAB']))
})

test('every second pass is the reverse of the one before it', () => {
  const order = orderOf(['A', 'B', 'C'], 6, 42)
  for (const pass of [0, 2, 4]) expect(order[pass + 1]).toEqual(order[pass]?.toReversed())
  expect(order).toEqual(orderOf(['A', 'B', 'C'], 6, 42))
})

test('a number of passes that is odd ends with one that is not mirrored', () => {
  expect(orderOf(['A', 'B'], 3, 1)).toHaveLength(3)
})
