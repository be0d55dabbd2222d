import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineContract } from './define.ts'

/** What the compiler refuses. This file is compiled with the others, and an error that is expected and does not come is one. */
const report = {
  description: 'Makes a report',
  input: z.object({ days: z.int().default(1), format: z.enum(['text', 'html']) }),
  output: z.object({}),
  idempotency: 'allow-duplicate',
  access: {},
} as const
const base = { name: 'reports', taskQueue: 'reports', workflows: { report }, activities: {} } as const
const schedule = { description: 'Each morning', workflow: 'report', cron: '0 6 * * *', input: { format: 'text' } } as const

test('the input of a schedule is that of its workflow, as a caller writes it', () => {
  expect(defineContract({ ...base, schedules: { daily: schedule } }).schedules.daily.input).toEqual({ format: 'text' })
  // @ts-expect-error -- the format is required
  expect(() => defineContract({ ...base, schedules: { daily: { ...schedule, input: {} } } })).toThrow('schedules.daily.input.format')
  // @ts-expect-error -- it is no format
  expect(() => defineContract({ ...base, schedules: { daily: { ...schedule, input: { format: 'pdf' } } } })).toThrow('schedules.daily.input.format')
})

test('a schedule names a workflow of the contract', () => {
  // @ts-expect-error -- there is no such workflow
  expect(() => defineContract({ ...base, schedules: { daily: { ...schedule, workflow: 'reprot' } } })).toThrow('it must be one of report')
})

test('a schedule is by cron or by interval', () => {
  // @ts-expect-error -- both
  expect(() => defineContract({ ...base, schedules: { daily: { ...schedule, every: '1h' } } })).toThrow('write either cron or every')
  const { cron: _cron, ...never } = schedule
  // @ts-expect-error -- neither
  expect(() => defineContract({ ...base, schedules: { daily: never } })).toThrow('write either cron or every')
})

test('a duration has a unit that there is', () => {
  const activity = { description: '', input: report.input, output: report.output, startToCloseTimeout: '1s', scheduleToCloseTimeout: '1m' } as const
  // @ts-expect-error -- there are no weeks
  expect(() => defineContract({ ...base, activities: { write: { ...activity, scheduleToCloseTimeout: '1w' } } })).toThrow('"1w" is not a duration')
})
