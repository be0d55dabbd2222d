import { defineContract } from '@sundial/contract'
import { expect, test } from 'vitest'
import { parcels } from '../fixtures/contract.fixture.ts'
import { UNKNOWN_NAME } from './unknown-name.ts'
import { VALIDATION_FAILED } from './validation-failed.ts'

test.each([UNKNOWN_NAME, VALIDATION_FAILED])('a contract cannot declare an error with the name of our own failure: %s', (name) => {
  const weigh = { ...parcels.activities.weigh, errors: { [name]: {} } }
  expect(() => defineContract({ ...parcels, activities: { weigh } })).toThrow(`activities.weigh.errors.${name}: the worker's own failures are called`)
})
