import type { ValidationIssue } from '@sundial/contract'
import { ApplicationFailure } from '@temporalio/common'
import { describeIssues } from './issues.ts'

/** The type of the failure that a value which does not fit its schema causes. */
export const VALIDATION_FAILED = 'ValidationFailed'

/** Never retried: the same value would fail again. Its details are the issues. */
export function validationFailed(what: string, issues: readonly ValidationIssue[]): ApplicationFailure {
  return ApplicationFailure.create({
    type: VALIDATION_FAILED,
    message: `${what} is invalid: ${describeIssues(issues)}`,
    nonRetryable: true,
    details: [...issues],
  })
}
