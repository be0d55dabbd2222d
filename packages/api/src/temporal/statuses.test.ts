import { expect, test } from 'vitest'
import { STATUS_NAMES, STATUSES, statusName } from './statuses.ts'

test('every status has one name and one number', () => {
  expect(new Set(STATUS_NAMES).size).toBe(STATUSES.length)
  expect(STATUSES.map(({ code }) => statusName(code))).toEqual(STATUS_NAMES)
  expect(statusName(0)).toBe('UNKNOWN')
})
