import { ActivityFailure, ApplicationFailure, CancelledFailure, RetryState } from '@temporalio/common'
import { ContinueAsNew } from '@temporalio/workflow'
import { expect, test } from 'vitest'
import { declaredError } from '../failures/declared-error.ts'
import { workflowError } from './workflow-error.ts'

const errors = { TooHeavy: {}, ScaleBusy: { retryable: true } }
const thrown = (error: unknown) => workflowError(error, { errors })
const activityFailure = (cause: Error) => new ActivityFailure('Activity task failed', 'weigh', '1', RetryState.NON_RETRYABLE_FAILURE, 'worker', cause)
const failedAs = (name: string) => activityFailure(declaredError({ name, data: { limit: 10 }, message: 'too much' }))

test.each<[string, Error]>([
  ['the failure of an activity', failedAs('TooHeavy')],
  ['an error of the workflow that it caused', new Error('shipping failed', { cause: failedAs('TooHeavy') })],
  ['an error that is further away', new Error('sending failed', { cause: new TypeError('shipping failed', { cause: failedAs('TooHeavy') }) })],
])('a declared error is the answer of the workflow: %s', (_, error) => {
  expect(thrown(error)).toMatchObject({ type: 'TooHeavy', message: 'too much', details: [{ limit: 10 }], nonRetryable: true, cause: error })
})

test('a declared error that may pass stays one', () => {
  const error = activityFailure(declaredError({ name: 'ScaleBusy', data: undefined, message: 'wait', retryable: true }))
  expect(thrown(error)).toMatchObject({ type: 'ScaleBusy', nonRetryable: false, cause: error })
})

test.each<[string, Error]>([
  ['an activity that failed as only it declares', failedAs('ScaleBroken')],
  ['a cancelled activity', activityFailure(new CancelledFailure('cancelled'))],
  ['a failure of its own, whatever its cause', ApplicationFailure.nonRetryable('no', 'Other')],
  ['continuing as new', new ContinueAsNew({ workflowType: 'send' })],
])('is thrown as it is: %s', (_, error) => {
  expect(thrown(error)).toBe(error)
})

test('any other error fails the workflow, and keeps its cause', () => {
  const cause = new TypeError('deeper')
  expect(thrown(new RangeError('a bug', { cause }))).toMatchObject({ type: 'RangeError', message: 'a bug', nonRetryable: true, cause })
  expect(thrown('text')).toMatchObject({ message: 'text', nonRetryable: true })
})
