import { createHash } from 'node:crypto'
import { type Duration, toMilliseconds } from '@sundial/contract'
import { type ScheduleOptions, ScheduleOverlapPolicy } from '@temporalio/client'
import type { ScheduleSpecification } from './specification.ts'

/** In the memo of a schedule: the contract that declares it. One without it is not ours. */
export const CONTRACT_MEMO = 'sundialContract'
/** In the memo of each workflow that a schedule starts: the declaration that it was started by. */
const DECLARATION_MEMO = 'sundialSchedule'

const OVERLAP = {
  skip: ScheduleOverlapPolicy.SKIP,
  'buffer-one': ScheduleOverlapPolicy.BUFFER_ONE,
  'buffer-all': ScheduleOverlapPolicy.BUFFER_ALL,
  'cancel-other': ScheduleOverlapPolicy.CANCEL_OTHER,
  'terminate-other': ScheduleOverlapPolicy.TERMINATE_OTHER,
  'allow-all': ScheduleOverlapPolicy.ALLOW_ALL,
} as const satisfies Record<NonNullable<ScheduleSpecification['overlap']>, ScheduleOverlapPolicy>

/** What the contract says when it says nothing. */
const DEFAULT_CATCHUP: Duration = '1d'

/** A schedule in the words of the SDK, without its state, which is for people once it is made. */
export function scheduleOptions(wanted: ScheduleSpecification) {
  const { id, workflow, taskQueue, input, executionTimeout, jitter, overlap = 'skip', catchupWindow, pauseOnFailure = false } = wanted
  return {
    scheduleId: id,
    spec: { ...moments(wanted), ...(jitter !== undefined && { jitter: milliseconds(jitter) }) },
    action: {
      type: 'startWorkflow',
      workflowType: workflow,
      // Temporal adds the time.
      workflowId: id,
      taskQueue,
      args: [input],
      memo: { [DECLARATION_MEMO]: declarationHash(wanted) },
      ...(executionTimeout !== undefined && { workflowExecutionTimeout: milliseconds(executionTimeout) }),
    },
    policies: { overlap: OVERLAP[overlap], catchupWindow: milliseconds(catchupWindow ?? DEFAULT_CATCHUP), pauseOnFailure },
  } satisfies ScheduleOptions
}

function moments({ cron, timezone, every, offset }: ScheduleSpecification): ScheduleOptions['spec'] {
  if (every !== undefined) return { intervals: [{ every: milliseconds(every), ...(offset !== undefined && { offset: milliseconds(offset) }) }] }
  return { cronExpressions: [cron ?? []].flat(), ...(timezone !== undefined && { timezone }) }
}

/** Whether a schedule that Temporal has was made from this declaration: it does not give back what it was given, but as it understood it. */
export function isAsDeclared(found: { readonly action: { readonly memo?: Record<string, unknown> } }, wanted: ScheduleSpecification): boolean {
  return found.action.memo?.[DECLARATION_MEMO] === declarationHash(wanted)
}

/** Of what a change of it would change. */
function declarationHash({ description: _description, paused: _paused, ...rest }: ScheduleSpecification): string {
  return createHash('sha256').update(JSON.stringify(rest)).digest('hex').slice(0, 16)
}

function milliseconds(duration: number | string): number {
  return toMilliseconds(duration as Duration)
}
