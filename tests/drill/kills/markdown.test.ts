import { expect, test } from 'vitest'
import { killsMarkdown } from './markdown.ts'
import { summarise, type KillsResult } from './result.ts'

const result: KillsResult = {
  seconds: 125,
  incomplete: [],
  account: {
    violations: [],
    orders: 3,
    ends: { completed: 2, CardDeclined: 1 },
    attempts: 3,
    charges: { approved: 2, refunded: 0, standing: 2, declined: 1 },
    shipped: { orders: 2, units: 5 },
    stock: { sundial: { before: 10, shipped: 5, after: 5 } },
  },
  recoveries: [
    { killed: ['api'], backMs: { api: 1000 }, allReadyMs: 1000, underWay: 4 },
    { killed: ['worker'], backMs: { worker: 3000 }, allReadyMs: 3500, underWay: 6 },
    { killed: ['api', 'worker'], backMs: { api: 2000, worker: 5000 }, allReadyMs: 5000, underWay: 5 },
  ],
  restarts: { api: 2, worker: 3 },
}
const context = {
  machine: { cpu: 'a processor', cores: 2, memoryGiB: 8, load: 2.5, system: 'Linux', node: 'v20', commit: 'abc' },
  versions: { temporal: '1.32.1' },
  date: '2026-01-01',
}

test('the recovery of a process counts its kills alone and in pairs', () => {
  expect(summarise(result)).toEqual([
    { process: 'api', kills: 2, medianMs: 1500, maxMs: 2000, restarts: 2 },
    { process: 'worker', kills: 2, medianMs: 4000, maxMs: 5000, restarts: 3 },
  ])
})

test('a result says in its first lines whether all was as it must be', () => {
  expect(killsMarkdown(result, context)).toContain('alone (2 kills) and with every other (1 pairs): **no violation** in 2 min 5 s.')
  expect(killsMarkdown({ ...result, incomplete: ['3 of 6 kills'] }, context)).toContain('**Not complete**: the time that it had was enough for 3 of 6 kills.')
  const lost = { ...result, account: { ...result.account, violations: [{ about: 'sundial', what: '1 units are lost' }] } }
  expect(killsMarkdown(lost, context)).toMatch(/\*\*1 violations\*\*[^]*## Violations\n\n- sundial: 1 units are lost/)
})
