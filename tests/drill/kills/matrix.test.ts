import { expect, test } from 'vitest'
import { killMatrix } from './matrix.ts'

test.each([1, 2, 3, 10, 11])('%i processes: each alone and with every other, once', (count) => {
  const names = Array.from({ length: count }, (_, number) => `p${number}`)
  const matrix = killMatrix(names)
  const wanted = names.flatMap((one, index) => [[one], ...names.slice(index + 1).map((other) => [one, other])])
  expect(matrix.map((kill) => kill.toSorted().join()).toSorted()).toEqual(wanted.map((kill) => kill.toSorted().join()).toSorted())
})

test('kills of one process are spread', () => {
  const pairs = killMatrix(Array.from({ length: 11 }, (_, number) => `p${number}`)).slice(11)
  const twice = pairs.filter((pair, index) => pairs[index + 1]?.some((name) => pair.includes(name)))
  expect(twice.length).toBeLessThan(6)
})
