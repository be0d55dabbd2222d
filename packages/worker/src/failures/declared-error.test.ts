import { ActivityFailure, ApplicationFailure, CancelledFailure, RetryState } from '@temporalio/common'
import { expect, test } from 'vitest'
import { declaredError, readDeclaredError } from './declared-error.ts'

const declared = (name: string, retryable: boolean) => name === (retryable ? 'ScaleBusy' : 'TooHeavy')
const read = (error: unknown) => readDeclaredError(error, declared)
const activityFailure = (cause: Error) => new ActivityFailure('Activity task failed', 'weigh', '1', RetryState.NON_RETRYABLE_FAILURE, 'worker', cause)
const tooHeavy = () => declaredError({ name: 'TooHeavy', data: { limit: 10 }, message: 'too much' })

test('is an application failure that is not retried', () => {
  expect(tooHeavy()).toMatchObject({ type: 'TooHeavy', message: 'too much', nonRetryable: true, details: [{ limit: 10 }] })
  expect(declaredError({ name: 'Refused', data: undefined, message: '' }).details).toEqual([])
})

test.each<[string, unknown]>([
  ['itself', tooHeavy()],
  ['the failure of the activity that threw it', activityFailure(tooHeavy())],
  ['an error that it caused', new Error('shipping failed', { cause: activityFailure(tooHeavy()) })],
])('is read from %s', (_, error) => {
  expect(read(error)).toEqual({ name: 'TooHeavy', data: { limit: 10 }, message: 'too much' })
})

test('is retried if its declaration says so, and read as such', () => {
  const busy = declaredError({ name: 'ScaleBusy', data: undefined, message: 'wait', retryable: true })
  expect(busy).toMatchObject({ type: 'ScaleBusy', nonRetryable: false })
  expect(read(activityFailure(busy))).toEqual({ name: 'ScaleBusy', data: undefined, message: 'wait', retryable: true })
})

test.each<[string, unknown]>([
  ['one that must be retried, and is not', activityFailure(ApplicationFailure.nonRetryable('', 'ScaleBusy'))],
  ['an exception of the same class name, which is retried', activityFailure(ApplicationFailure.create({ type: 'TooHeavy', message: '' }))],
  ['an error that is not declared', ApplicationFailure.nonRetryable('', 'Other')],
  ['a failure that only has a declared one as its cause', ApplicationFailure.create({ type: 'Other', nonRetryable: true, cause: tooHeavy() })],
  ['a cancellation', activityFailure(new CancelledFailure('cancelled'))],
  ['an error without a cause', new Error('x')],
  ['what is no error', 'TooHeavy'],
])('is not read from %s', (_, error) => {
  expect(read(error)).toBeUndefined()
})
