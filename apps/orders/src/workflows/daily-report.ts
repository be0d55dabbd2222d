import type { WorkflowImplementation } from '@sundial/worker/workflow'
import { defineSearchAttributeKey } from '@temporalio/common'
import type { orders } from '../contract.ts'

/** When a schedule meant a workflow to start; Temporal sets it. It may have started later. */
const SCHEDULED_START = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME')
const DAY_MS = 86_400_000

/** Reports what became of the orders of a day: the one that it is asked for, or the day before it was due. */
export const dailyReport: WorkflowImplementation<typeof orders, 'daily-report'> = ({ activities, info }, { day }) => {
  const due = info.typedSearchAttributes.get(SCHEDULED_START) ?? info.startTime
  return activities.summariseDay({ day: day ?? new Date(due.getTime() - DAY_MS).toISOString().slice(0, 10) })
}
