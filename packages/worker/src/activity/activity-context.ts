import type { ActivityDefinition, ActivityName, Contract } from '@sundial/contract'
import type { Context } from '@temporalio/activity'
import { activityErrors } from './activity-error.ts'
import type { ActivityContext } from './types.ts'

export function createActivityContext(current: Context, definition: ActivityDefinition): ActivityContext<Contract, ActivityName<Contract>> {
  const { info } = current
  const { workflowId, runId } = info.workflowExecution ?? { workflowId: '', runId: info.activityRunId ?? '' }
  return {
    idempotencyKey: `${workflowId}/${runId}/${info.activityId}`,
    attempt: info.attempt,
    signal: current.cancellationSignal,
    heartbeat: (details?: unknown) => current.heartbeat(details),
    log: current.log,
    error: activityErrors(info.activityType, definition),
  }
}
