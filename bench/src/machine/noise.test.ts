import { expect, test } from 'vitest'
import { noiseBetween, readProcessors } from './noise.ts'

const before = { busy: 1000, iowait: 100, steal: 10, total: 5000 }

test('shares are of all processor time, and what is measured is not foreign', () => {
  const after = { busy: 1500, iowait: 150, steal: 110, total: 6000 }
  expect(noiseBetween(before, after, 4)).toMatchObject({ steal: 0.1, iowait: 0.05, foreign: 0.1 })
})

test('nothing is foreign when the measured processes used all, though ticks are rounded', () => {
  expect(noiseBetween(before, { ...before, busy: 1100, total: 6000 }, 1.02).foreign).toBe(0)
})

test('reads the machine', (context) => {
  context.skip(process.platform !== 'linux', 'it reads /proc, which only Linux has')
  const { busy, total } = readProcessors()
  expect(busy).toBeGreaterThan(0)
  expect(total).toBeGreaterThan(busy)
})
