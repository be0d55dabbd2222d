import type { ActivityDefinition, ActivityName, Contract } from '@sundial/contract'
import type { Context } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'
import { declaredError } from '../failures/declared-error.ts'
import type { ActivityContext } from './types.ts'

export function createActivityContext(current: Context, definition: ActivityDefinition): ActivityContext<Contract, ActivityName<Contract>> {
  const { info } = current
  const { workflowId, runId } = info.workflowExecution ?? { workflowId: '', runId: info.activityRunId ?? '' }
  const context = {
    idempotencyKey: `${workflowId}/${runId}/${info.activityId}`,
    attempt: info.attempt,
    signal: current.cancellationSignal,
    heartbeat: (details?: unknown) => current.heartbeat(details),
    log: current.log,
    error(name: string, data?: unknown, message?: string): Error {
      const error = Object.hasOwn(definition.errors ?? {}, name) ? definition.errors?.[name] : undefined
      if (!error)
        return ApplicationFailure.nonRetryable(
          `the contract has no error "${name}" for activity "${info.activityType}"; it has ${Object.keys(definition.errors ?? {}).join(', ') || 'none'}`,
          'UnknownName',
        )
      return declaredError({ name, data, message: message ?? error.description ?? name })
    },
  }
  return context
}
