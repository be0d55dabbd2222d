import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  RetryState,
  TerminatedFailure,
  TimeoutFailure,
  TimeoutType,
} from '@temporalio/common'
import { WorkflowFailedError, WorkflowUpdateFailedError } from '@temporalio/client'
import { expect, test } from 'vitest'
import { orders } from '../test/contract.ts'
import { updateFailure, workflowFailure } from './failures.ts'

const definition = orders.workflows['fulfil-order']
const declined = ApplicationFailure.nonRetryable('no money', 'CardDeclined', { reason: 'limit' })
const inActivity = (cause: Error) => new ActivityFailure('Activity failed', 'charge', '1', RetryState.NON_RETRYABLE_FAILURE, undefined, cause)
const inChild = (cause: Error) => new ChildWorkflowFailure('orders', { workflowId: 'c' }, 'pay', RetryState.NON_RETRYABLE_FAILURE, cause)

async function answerTo(cause: Error) {
  const { slug, status, title, message, extensions } = await workflowFailure(
    definition,
    new WorkflowFailedError('Workflow execution failed', cause, RetryState.NON_RETRYABLE_FAILURE),
  )
  return { slug, status, title, message, ...extensions }
}

test.each([
  ['itself', declined],
  ['from an activity', inActivity(declined)],
  ['from an activity of a child', inChild(inActivity(declined))],
])('a declared error, %s, has the status and data of the contract', async (_where, failure) => {
  expect(await answerTo(failure)).toEqual({
    slug: 'CardDeclined',
    status: 402,
    title: 'The card was declined',
    message: 'no money',
    workflowStatus: 'FAILED',
    error: { name: 'CardDeclined', data: { reason: 'limit' } },
  })
})

test('a declared error that may pass is retryable, and only where it was thrown as such', async () => {
  const { errors } = definition
  const retryable = { ...definition, errors: { ...errors, CardDeclined: { ...errors.CardDeclined, retryable: true } } }
  const answer = (cause: Error) => workflowFailure(retryable, new WorkflowFailedError('', cause, RetryState.MAXIMUM_ATTEMPTS_REACHED))
  expect(await answer(inActivity(ApplicationFailure.retryable('busy', 'CardDeclined', { reason: 'limit' })))).toMatchObject({
    slug: 'CardDeclined',
    retryable: true,
  })
  expect(await answer(declined)).toMatchObject({ slug: 'workflow-failed', retryable: false })
})

test('a declared error without data or status is a 422', async () => {
  expect(await answerTo(ApplicationFailure.nonRetryable('sold out', 'OutOfStock'))).toEqual({
    slug: 'OutOfStock',
    status: 422,
    title: 'OutOfStock',
    message: 'sold out',
    workflowStatus: 'FAILED',
    error: { name: 'OutOfStock' },
  })
})

test.each([
  ['has a type that is not declared', ApplicationFailure.nonRetryable('x', 'Unknown', {})],
  ['has a type that every object has', ApplicationFailure.nonRetryable('x', 'toString')],
  ['could be retried, so that no declared error made it', ApplicationFailure.retryable('x', 'CardDeclined', { reason: 'limit' })],
  ['has data that are not as declared', ApplicationFailure.nonRetryable('x', 'CardDeclined', { reason: 1 })],
  ['is an error of any kind', new Error('x')],
])('a failure that %s is an ordinary one', async (_what, failure) => {
  expect(await answerTo(failure)).toMatchObject({ slug: 'workflow-failed', status: 422, message: 'x', workflowStatus: 'FAILED' })
})

test.each([
  [new CancelledFailure('Workflow canceled'), 'workflow-cancelled', 'CANCELLED'],
  [new TerminatedFailure('by bob'), 'workflow-terminated', 'TERMINATED'],
  [new TimeoutFailure('Workflow execution timed out', undefined, TimeoutType.START_TO_CLOSE), 'workflow-timed-out', 'TIMED_OUT'],
])('%s says what became of the workflow', async (failure, slug, workflowStatus) => {
  expect(await answerTo(failure)).toMatchObject({ slug, status: 422, workflowStatus })
})

test('an update fails with a declared error, or is rejected', async () => {
  expect(await updateFailure(definition, new WorkflowUpdateFailedError('Workflow Update failed', declined))).toMatchObject({
    slug: 'CardDeclined',
    status: 402,
  })
  expect(
    await updateFailure(definition, new WorkflowUpdateFailedError('Workflow Update failed', ApplicationFailure.create({ message: 'too late', type: 'Error' }))),
  ).toMatchObject({ slug: 'update-rejected', status: 422, message: 'too late' })
})
