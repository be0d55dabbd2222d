import { expect, test } from 'vitest'
import { z } from 'zod'
import type { ActivityDefinition } from '../contract.ts'
import { type ContractError, defineContract } from '../define.ts'

function problems(changes: Partial<ActivityDefinition>): readonly string[] {
  const schema = z.object({})
  const activity = { description: '', input: schema, output: schema, startToCloseTimeout: '1s', scheduleToCloseTimeout: '1m', ...changes } as const
  try {
    defineContract({ name: 'c', taskQueue: 'c', workflows: {}, activities: { a: activity } })
    return []
  } catch (error) {
    return (error as ContractError).problems
  }
}

test.each<[string, Partial<ActivityDefinition>]>([
  ['no retry', {}],
  ['all of it', { heartbeatTimeout: '1s', retry: { initialInterval: '100ms', maximumInterval: '100ms', backoffCoefficient: 1, maximumAttempts: 1 } }],
  ['milliseconds', { startToCloseTimeout: 1, scheduleToCloseTimeout: '1000' as '1s' }],
])('accepts %s', (_, changes) => {
  expect(problems(changes)).toEqual([])
})

test.each<[Partial<ActivityDefinition>, string]>([
  [{ startToCloseTimeout: undefined }, 'activities.a.startToCloseTimeout: is not set; say how long one attempt may take'],
  [{ scheduleToCloseTimeout: undefined }, 'activities.a.scheduleToCloseTimeout: is not set; say how long all attempts together may take'],
  [{ heartbeatTimeout: '2s' }, 'activities.a: heartbeatTimeout (2s) is longer than startToCloseTimeout (1s)'],
  [{ startToCloseTimeout: '0s' }, 'activities.a.startToCloseTimeout: "0s" is no time at all; write more than 0, or leave it out where it is optional'],
  [{ scheduleToCloseTimeout: '' as '1s' }, 'activities.a.scheduleToCloseTimeout: "" is not a duration'],
  [{ heartbeatTimeout: 'often' as '1s' }, 'activities.a.heartbeatTimeout: "often" is not a duration'],
  [{ retry: { initialInterval: -1 } }, 'activities.a.retry.initialInterval: "-1" is not a duration'],
  [{ retry: { maximumInterval: '0ms' } }, 'activities.a.retry.maximumInterval: "0ms" is no time at all'],
  [{ retry: { maximumInterval: '0.5s' } }, 'activities.a.retry.maximumInterval: 0.5s is shorter than the first pause (1000ms)'],
  [{ retry: { initialInterval: '3s', maximumInterval: '2s' } }, 'activities.a.retry.maximumInterval: 2s is shorter than the first pause (3s)'],
  [{ retry: { backoffCoefficient: 0.5 } }, 'activities.a.retry.backoffCoefficient: 0.5 must be a number from 1'],
  [{ retry: { maximumAttempts: 1.5 } }, 'activities.a.retry.maximumAttempts: 1.5 must be a whole number from 1'],
  [{ errors: { UnknownName: {} } }, "activities.a.errors.UnknownName: the worker's own failures are called ValidationFailed and UnknownName"],
  [{ errors: { Down: { httpStatus: 503 } } }, 'activities.a.errors.Down.httpStatus: 503 is not a client error'],
])('refuses %j', (changes, message) => {
  const found = problems(changes)
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(message)
})
