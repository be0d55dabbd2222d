import type { Contract } from '@sundial/contract'
import type { DataConverter } from '@temporalio/common'
import { type NativeConnection, Worker, type WorkerPlugin } from '@temporalio/worker'
import { type ActivityImplementations, wrapActivities } from '../activity/index.ts'
import { cacheSize } from './cache-size.ts'
import type { WorkerSettings } from './worker-settings.ts'

/** Milliseconds that running activities may take to finish when the worker stops; a pod's grace must be longer. */
const SHUTDOWN_GRACE_MS = 25_000
/** Milliseconds after which the worker stops whether or not they did: an activity may ignore that it is cancelled. */
const SHUTDOWN_FORCE_MS = 32_000

export interface CreateWorkerOptions<C extends Contract> {
  readonly contract: C
  readonly activities: ActivityImplementations<C>
  readonly settings: WorkerSettings
  readonly connection: NativeConnection
  readonly dataConverter: DataConverter
  readonly workflowBundle: { readonly code: string }
  /** What else has a say in the worker's options. */
  readonly plugins: readonly WorkerPlugin[]
}

/** A worker of the contract's task queue. Rejects when the namespace is not there, or we are not let in. */
export function createWorker<C extends Contract>({
  contract,
  activities,
  settings,
  connection,
  dataConverter,
  workflowBundle,
  plugins,
}: CreateWorkerOptions<C>): Promise<Worker> {
  return Worker.create({
    connection,
    namespace: settings.temporal.namespace,
    taskQueue: contract.taskQueue,
    workflowBundle,
    dataConverter,
    plugins: [...plugins],
    activities: wrapActivities(contract, activities),
    shutdownGraceTime: SHUTDOWN_GRACE_MS,
    shutdownForceTime: SHUTDOWN_FORCE_MS,
    maxCachedWorkflows: cacheSize(),
    ...(settings.deployment && {
      workerDeploymentOptions: { useWorkerVersioning: true, version: settings.deployment, defaultVersioningBehavior: 'PINNED' as const },
    }),
  })
}
