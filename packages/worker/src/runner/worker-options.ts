import type { Contract } from '@sundial/contract'
import type { DataConverter } from '@temporalio/common'
import type { WorkerOptions } from '@temporalio/worker'
import { type ActivityImplementations, wrapActivities } from '../activity/index.ts'
import type { Deployment } from './worker-deployment.ts'
import { stopTimes, type WorkerLimits } from './worker-limits.ts'

export interface KitOptions<C extends Contract> {
  readonly contract: C
  readonly activities: ActivityImplementations<C>
  readonly limits: WorkerLimits
  readonly deployment: Deployment | undefined
  readonly dataConverter: DataConverter
  readonly workflowBundle: { readonly code: string }
}

/** Above the slots that there always are, more are given while less than these parts of memory and processors are in use. */
const TARGETS = { targetMemoryUsage: 0.8, targetCpuUsage: 0.9 }
/** The SDK's own fixed numbers are the least: a busy machine does no less than without. */
const LEAST_ACTIVITIES = 100
const WORKFLOW_TASKS = { minimumSlots: 40, maximumSlots: 200 }
/** The server says how many polls are of use. */
const POLLERS = { type: 'autoscaling' } as const

/** What a worker of a contract is told, but for its connection. */
export function kitOptions<C extends Contract>({ contract, activities, limits, deployment, dataConverter, workflowBundle }: KitOptions<C>) {
  const { graceMs, forceMs } = stopTimes(limits)
  const activitySlots = { minimumSlots: Math.min(LEAST_ACTIVITIES, limits.activities), maximumSlots: limits.activities }
  return {
    taskQueue: contract.taskQueue,
    workflowBundle,
    dataConverter,
    activities: wrapActivities(contract, activities),
    shutdownGraceTime: graceMs,
    shutdownForceTime: forceMs,
    maxCachedWorkflows: limits.cachedWorkflows,
    tuner: {
      tunerOptions: TARGETS,
      workflowTaskSlotOptions: WORKFLOW_TASKS,
      activityTaskSlotOptions: activitySlots,
      localActivityTaskSlotOptions: activitySlots,
    },
    workflowTaskPollerBehavior: POLLERS,
    activityTaskPollerBehavior: POLLERS,
    ...(deployment && { workerDeploymentOptions: { useWorkerVersioning: true, version: deployment, defaultVersioningBehavior: 'PINNED' as const } }),
  } satisfies Partial<WorkerOptions>
}
