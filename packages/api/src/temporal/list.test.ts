import { expect, test } from 'vitest'
import { visibilityQuery } from './list.ts'
import { STATUS_NAMES, STATUSES, statusName } from './statuses.ts'

test('asks for the types that it was given, and no other', () => {
  expect(visibilityQuery(['a', 'b-c'])).toBe("WorkflowType IN ('a', 'b-c')")
  expect(visibilityQuery(['a'], 'CANCELLED')).toBe("WorkflowType IN ('a') AND ExecutionStatus = 'Canceled'")
})

test('every status has one name and one number', () => {
  expect(new Set(STATUS_NAMES).size).toBe(STATUSES.length)
  expect(STATUSES.map(({ code }) => statusName(code))).toEqual(STATUS_NAMES)
  expect(statusName(0)).toBe('UNKNOWN')
})
