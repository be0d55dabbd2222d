import type { Contract } from '@sundial/contract'
import { createLogger, type Lifecycle, type Logger, runService, startOperationsServer } from '@sundial/runtime'
import { collectDefaultMetrics, register } from 'prom-client'
import type { ActivityImplementations } from '../activity/index.ts'
import { coreMetrics } from './core-metrics.ts'
import { createWorker } from './create-worker.ts'
import { installRuntime } from './install-runtime.ts'
import { retry } from './retry.ts'
import { serverProbe } from './server-probe.ts'
import { TemporalAccess } from './temporal-access.ts'
import { waitForServer } from './wait-for-server.ts'
import { WorkerConnection } from './worker-connection.ts'
import { type ReadinessSource, WorkerReadiness } from './worker-readiness.ts'
import { readWorkerSettings } from './worker-settings.ts'
import { workflowBundle } from './workflow-bundle.ts'

export interface RunWorkerOptions<C extends Contract> {
  readonly contract: C
  /** The compiled module whose default export `implementWorkflows` made, such as `new URL('./workflows/index.js', import.meta.url)`. */
  readonly workflows: URL
  readonly activities: NoInfer<ActivityImplementations<C>>
  /** Runs when the last activity has ended: closes what activities use. @default nothing */
  stop?(): Promise<void>
  /** What else the worker must have to be ready, by name. @default only Temporal */
  readonly probes?: Readonly<Record<string, ReadinessSource>>
}

/**
 * Runs a worker of the contract's task queue until SIGTERM or SIGINT, as the environment says: the `TEMPORAL_*` and `OIDC_*`
 * variables, OPERATIONS_ADDRESS, LOG_LEVEL, and SUNDIAL_WORKFLOW_BUNDLE for a prebuilt bundle.
 *
 * It starts before its server does, and is not ready until that answers. When it stops it takes no new work, gives what runs
 * 25 seconds to end, and then closes everything. Metrics on `/metrics` are the application's (prom-client's default registry) and the SDK's.
 */
export async function runWorker<C extends Contract>(options: RunWorkerOptions<C>): Promise<void> {
  const logger = createLogger(`${options.contract.name}-worker`)
  await runService(logger, (lifecycle) => start(options, logger, lifecycle))
}

async function start<C extends Contract>(
  { contract, workflows, activities, stop, probes = {} }: RunWorkerOptions<C>,
  logger: Logger,
  lifecycle: Lifecycle,
): Promise<void> {
  const { signal } = lifecycle
  const settings = readWorkerSettings(process.env)
  const { namespace } = settings.temporal
  const { taskQueue } = contract
  if (stop) lifecycle.onStop('application', stop)

  const { metricsUrl } = await installRuntime(logger)
  collectDefaultMetrics()
  const health = new WorkerReadiness(signal, probes)
  const operations = await startOperationsServer({
    address: settings.operations,
    registry: register,
    readiness: () => health.readiness(),
    alive: () => health.alive(),
    moreMetrics: () => coreMetrics(metricsUrl),
  })
  lifecycle.onStop('operations server', () => operations.close())

  const bundle = await workflowBundle({ contract, workflows, bundleFile: settings.bundleFile, logger })
  const access = new TemporalAccess(settings.temporal, logger)
  const probe = serverProbe({ access, namespace, taskQueue })
  lifecycle.onStop('server probe', () => probe.close())
  health.server = probe

  await waitForServer(probe, { logger, signal })
  const connection = await retry(() => WorkerConnection.connect(access, logger), {
    task: `connect to Temporal at ${settings.temporal.address}`,
    logger,
    signal,
  })
  lifecycle.onStop('connection', () => connection.close())
  const worker = await createWorker({ contract, activities, settings, connection: connection.native, workflowBundle: bundle })
  health.worker = worker
  connection.use(worker)

  const ended = worker.run().then(
    () => (signal.aborted ? undefined : lifecycle.fail(new Error('the worker ended by itself'))),
    (error: unknown) => lifecycle.fail(error),
  )
  lifecycle.onStop('worker', async () => {
    // It may have stopped by itself, and a second shutdown is an error.
    if (worker.getState() === 'RUNNING') worker.shutdown()
    await ended
  })
  logger.info({ namespace, taskQueue, operations: `${operations.address.host}:${operations.address.port}` }, 'polling')
}
