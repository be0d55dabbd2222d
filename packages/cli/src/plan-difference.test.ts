import { expect, test } from 'vitest'
import { changedParts } from './plan-difference.ts'

const plan = { platform: { applications: { orders: { contract: 1 } } }, parties: [{ name: 'worker', env: { A: '1' } }, { name: 'api' }], databases: [] }

test.each([
  ['the same', plan, []],
  ['another contract only', { ...plan, platform: { applications: { orders: { contract: 2 } } } }, []],
  ['another setting of a party', { ...plan, parties: [{ name: 'worker', env: { A: '2' } }, { name: 'api' }] }, ['worker']],
  ['a party less and one more', { ...plan, parties: [{ name: 'worker', env: { A: '1' } }, { name: 'ui' }] }, ['api', 'ui']],
  ['a database more', { ...plan, databases: ['orders'] }, ['databases']],
])('%s', (_, after, expected) => {
  expect(changedParts(plan, after)).toEqual(expected)
})
