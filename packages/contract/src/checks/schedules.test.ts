import { expect, test } from 'vitest'
import { z } from 'zod'
import type { ScheduleDefinition } from '../schedules.ts'
import { problemsOf } from './problems.fixture.ts'

const daily = { description: 'Daily', workflow: 'w', input: {}, cron: '@daily' } as const
const problems = (changes: object) => problemsOf({ schedules: { s: { ...daily, ...changes } as ScheduleDefinition } })

test.each<object>([
  {},
  { cron: ['0 6 * * mon-fri', '*/15 9-17/2 1,15 jan-MAR 7'], timezone: 'Europe/Berlin', jitter: '1m', overlap: 'buffer-one', catchupWindow: '10s' },
  { cron: undefined, every: '1h', offset: '59m', pauseOnFailure: true, paused: true },
])('accepts %j', (changes) => {
  expect(problems(changes)).toEqual([])
})

test.each<[object, string]>([
  [{ cron: '0 6 * *' }, 'schedules.s.cron: "0 6 * *" must have five fields'],
  [{ cron: '0 0 6 * * *' }, 'must have five fields'],
  [{ cron: '@fortnightly' }, '"@fortnightly" is not one of @yearly'],
  [{ cron: [] }, 'schedules.s.cron: has no line'],
  [{ cron: '60 * * * *' }, '"60" is no minute: it must be "*", or a number from 0 to 59'],
  [{ cron: '* 5-3 * * *' }, '"5-3" is no hour'],
  [{ cron: '* * 0 * *' }, '"0" is no day of the month'],
  [{ cron: '* * * feb-foo *' }, '"feb-foo" is no month'],
  [{ cron: '* * * * 5L' }, '"5L" is no day of the week'],
  [{ cron: '*/0 * * * *' }, '"*/0" is no minute'],
  [{ cron: '1,,2 * * * *' }, '"" is no minute'],
  [{ timezone: 'Mars/Olympus' }, 'schedules.s.timezone: "Mars/Olympus" is not a time zone'],
  [{ cron: undefined }, 'schedules.s: write either cron or every'],
  [{ every: '1h' }, 'schedules.s: write either cron or every'],
  [{ cron: undefined, every: '0s' }, 'schedules.s.every: "0s" is no time at all'],
  [{ cron: undefined, every: '1h', offset: '1h' }, 'schedules.s.offset: 1h must be less than every (1h)'],
  [{ cron: undefined, every: '1h', timezone: 'UTC' }, 'schedules.s.timezone: is for cron only'],
  [{ jitter: 'some' }, 'schedules.s.jitter: "some" is not a duration'],
  [{ catchupWindow: '9s' }, 'schedules.s.catchupWindow: 9s is shorter than 10s'],
  [{ overlap: 'both' }, 'schedules.s.overlap: there is no "both"; it must be one of skip, buffer-one'],
  [{ workflow: 'v' }, 'schedules.s.workflow: there is no "v"; it must be one of w'],
  [{ workflow: 'constructor' }, 'schedules.s.workflow: there is no "constructor"'],
  [{ input: 'none' }, 'schedules.s.input: Invalid input: expected object'],
])('refuses %j', (changes, message) => {
  const found = problems(changes)
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(message)
})

test('its name is part of a path', () => {
  expect(problemsOf({ schedules: { 'a/b': daily } })[0]).toContain('schedules.a/b: a name is letters')
})

test('says where the input is wrong, and that it must be known at once', () => {
  const nested = z.object({ lines: z.array(z.object({ sku: z.string() })) })
  expect(problemsOf({ schedules: { s: { ...daily, input: { lines: [{}] } } } }, { input: nested })[0]).toContain('schedules.s.input.lines.0.sku: ')
  const slow = z.object({}).refine(async () => Promise.resolve(true))
  expect(problemsOf({ schedules: { s: daily } }, { input: slow })[0]).toContain('can only be checked with waiting')
})
