import { expect, test } from 'vitest'
import { isAsDeclared, scheduleOptions } from './schedule-options.ts'
import { type ScheduleSpecification, scheduleSchema } from './specification.ts'

const daily: ScheduleSpecification = {
  id: 'orders.daily',
  description: 'Daily',
  workflow: 'report',
  taskQueue: 'orders',
  input: { a: 1 },
  cron: '0 6 * * *',
  timezone: 'Europe/Berlin',
}
const { cron: _cron, timezone: _timezone, ...bare } = daily

test('a schedule has the defaults of the contract', () => {
  expect(scheduleOptions(daily)).toMatchObject({
    scheduleId: 'orders.daily',
    spec: { cronExpressions: ['0 6 * * *'], timezone: 'Europe/Berlin' },
    action: { type: 'startWorkflow', workflowType: 'report', workflowId: 'orders.daily', taskQueue: 'orders', args: [{ a: 1 }] },
    policies: { overlap: 'SKIP', catchupWindow: 86_400_000, pauseOnFailure: false },
  })
})

test('everything that is declared is passed on', () => {
  const hourly = {
    ...bare,
    every: '1h',
    offset: '5m',
    jitter: '30s',
    overlap: 'buffer-all',
    catchupWindow: '1m',
    pauseOnFailure: true,
    executionTimeout: '2m',
  } as const
  expect(scheduleOptions(scheduleSchema.parse(hourly))).toMatchObject({
    spec: { intervals: [{ every: 3_600_000, offset: 300_000 }], jitter: 30_000 },
    action: { workflowExecutionTimeout: 120_000 },
    policies: { overlap: 'BUFFER_ALL', catchupWindow: 60_000, pauseOnFailure: true },
  })
})

test.each<[string, Partial<ScheduleSpecification>, boolean]>([
  ['nothing', {}, true],
  ['its words', { description: 'Each day' }, true],
  ['whether it is made paused', { paused: true }, true],
  ['its input', { input: { a: 2 } }, false],
  ['its times', { cron: '0 7 * * *' }, false],
  ['its limit', { executionTimeout: '1m' }, false],
])('is changed when the declaration differs in %s', (_, change, same) => {
  expect(isAsDeclared(scheduleOptions(daily), { ...daily, ...change })).toBe(same)
})

test('one of somebody else was not declared', () => {
  expect(isAsDeclared({ action: {} }, daily)).toBe(false)
})
