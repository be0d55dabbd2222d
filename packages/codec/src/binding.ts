import type { SerializationContext } from '@temporalio/common'

/** What a payload belongs to: it is authenticated with it, so that none can be put in the place of another. */
export interface Binding {
  readonly namespace: string
  /** Absent where the SDK does not say it, as when an activity is completed by its token. */
  readonly workflowId?: string
}

/** What Temporal adds to the id of a workflow that a schedule starts. */
const SCHEDULED_AT = /-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

/** What a payload that is written now belongs to. */
export function bindingOf(context: SerializationContext | undefined, namespace: string): Binding {
  return { namespace: context?.namespace ?? namespace, ...(context?.workflowId !== undefined && { workflowId: context.workflowId }) }
}

/** Why a payload does not belong where it was found, or nothing. */
export function bindingProblem(found: Binding, wanted: Binding): string | undefined {
  if (found.namespace !== wanted.namespace) return `it belongs to the namespace "${found.namespace}", not to "${wanted.namespace}"`
  if (found.workflowId === undefined || wanted.workflowId === undefined) return undefined
  // A schedule's input is written for the id without the time, and each run gets the last one's result.
  return family(found.workflowId) === family(wanted.workflowId) ? undefined : `it belongs to the workflow "${found.workflowId}", not to "${wanted.workflowId}"`
}

function family(workflowId: string): string {
  return workflowId.replace(SCHEDULED_AT, '')
}
