import { expect, test } from 'vitest'
import { orderOf } from './mix.ts'

test('every hundred orders have each kind by its share, and the same number gives the same order', () => {
  const orders = Array.from({ length: 200 }, (_, number) => orderOf(number, 'a'))
  const kinds = (from: number): string[] => orders.slice(from, from + 100).map(({ allowed, action }) => `${action}: ${allowed.join()}`)
  expect(kinds(0).toSorted()).toEqual(kinds(100).toSorted())
  expect(kinds(0).filter((kind) => kind === 'undefined: completed')).toHaveLength(64)
  expect(kinds(0).filter((kind) => kind === 'undefined: CardDeclined')).toHaveLength(11)
  expect(new Set(kinds(0).slice(0, 20)).size).toBeGreaterThan(5)
  expect(orderOf(7, 'a')).toEqual(orders[7])
})
