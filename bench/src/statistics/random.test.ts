import { expect, test } from 'vitest'
import { seededRandom, shuffled } from './random.ts'

test('the same seed gives the same numbers, another one others', () => {
  const take = (seed: number) => Array.from({ length: 5 }, seededRandom(seed))
  expect(take(7)).toEqual(take(7))
  expect(take(7)).not.toEqual(take(8))
})

test('numbers are spread evenly from 0 to 1', () => {
  const random = seededRandom(1)
  const counts = Array.from({ length: 10 }, () => 0)
  for (let index = 0; index < 100_000; index++) counts[Math.floor(random() * 10)]!++
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400)
})

test('every order of three comes equally often', () => {
  const random = seededRandom(3)
  const counts = new Map<string, number>()
  for (let index = 0; index < 60_000; index++) {
    const order = shuffled(['a', 'b', 'c'], random).join('')
    counts.set(order, (counts.get(order) ?? 0) + 1)
  }
  expect(counts.size).toBe(6)
  for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(400)
})
