import { dataConverter, readEncryptionSettings } from '@sundial/codec'
import type { Contract } from '@sundial/contract'
import { createLogger, type Logger, SettingsReader } from '@sundial/runtime'
import type { ClientPlugin } from '@temporalio/client'
import type { WorkerOptions, WorkerPlugin } from '@temporalio/worker'
import type { ActivityImplementations } from '../activity/index.ts'
import type { WorkerCode } from './run-worker.ts'
import { readDeployment } from './worker-deployment.ts'
import { readWorkerLimits } from './worker-limits.ts'
import { kitOptions } from './worker-options.ts'
import { readBundleFile } from './worker-settings.ts'
import { workflowBundle } from './workflow-bundle.ts'

export interface WorkerPluginOptions<C extends Contract> extends WorkerCode<C> {
  readonly activities: NoInfer<ActivityImplementations<C>>
  /** The namespace of the worker, to which encrypted payloads are bound. */
  readonly namespace: string
  /** @default one that writes JSON to standard output */
  readonly logger?: Logger
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv
}

/**
 * What `runWorker` makes of a contract, for programs that keep their own `Worker.create`: checked workflows and activities, encryption,
 * versioning, slots, cache and times of stopping, as the environment says. What the program says itself wins. For its client it is a plugin too.
 *
 * ```ts
 * const sundial = await workerPlugin({ contract: orders, workflows, activities, namespace })
 * const worker = await Worker.create({ connection, namespace, taskQueue: orders.taskQueue, plugins: [sundial] })
 * ```
 *
 * Connections, probes, metrics, traces and signals stay the program's own.
 */
export async function workerPlugin<C extends Contract>(options: WorkerPluginOptions<C>): Promise<WorkerPlugin & ClientPlugin> {
  const { contract, workflows, activities, namespace, env = process.env } = options
  const logger = options.logger ?? createLogger(`${contract.name}-worker`)
  const reader = new SettingsReader(env)
  const encryption = readEncryptionSettings(reader)
  const deployment = readDeployment(reader)
  const limits = readWorkerLimits(reader)
  const bundleFile = readBundleFile(reader, false)
  reader.finish()
  const converter = await dataConverter({ encryption, namespace, logger })
  const encodesFailures = encryption !== undefined
  const bundle = await workflowBundle({ contract, workflows, bundleFile, encodesFailures, logger })
  const kit = kitOptions({ contract, activities, limits, deployment, dataConverter: converter, workflowBundle: bundle })
  return {
    name: 'sundial',
    configureWorker(given) {
      if (given.taskQueue !== contract.taskQueue)
        throw new TypeError(`the worker polls "${given.taskQueue}", and the contract "${contract.name}" is for the task queue "${contract.taskQueue}"`)
      if ((given.namespace ?? 'default') !== namespace)
        throw new TypeError(`the worker is of the namespace "${given.namespace ?? 'default'}", and the plugin was made for "${namespace}"`)
      const { tuner, ...rest } = kit
      return { ...rest, ...(!hasFixedSlots(given) && { tuner }), ...given, activities: { ...given.activities, ...kit.activities } }
    },
    configureClient: (given) => ({ dataConverter: converter, ...given }),
  }
}

/** The SDK takes these, or a tuner. */
function hasFixedSlots(given: WorkerOptions): boolean {
  return Object.entries(given).some(([name, value]) => /^maxConcurrent\w+Executions$/.test(name) && value !== undefined)
}
