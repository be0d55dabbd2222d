import { dataConverter } from '@sundial/codec'
import type { Contract } from '@sundial/contract'
import { createLogger, type Lifecycle, type Logger, runService, serveOperations, SettingsReader, startTracing, TemporalAccess } from '@sundial/runtime'
import { collectDefaultMetrics, register } from 'prom-client'
import { coreMetrics } from './core-metrics.ts'
import { createWorker } from './create-worker.ts'
import { tellCurrentVersion } from './current-version.ts'
import { installRuntime } from './install-runtime.ts'
import { watchNondeterminism } from './nondeterminism.ts'
import { retry } from './retry.ts'
import { serverProbe } from './server-probe.ts'
import { tracingPlugins } from './tracing-plugin.ts'
import { waitForSources } from './wait-for-sources.ts'
import { WorkerConnection } from './worker-connection.ts'
import { type ConfiguredApplication, readApplication, type WorkerApplication } from './worker-application.ts'
import { WorkerReadiness } from './worker-readiness.ts'
import { readWorkerSettings } from './worker-settings.ts'
import { readWorkerLimits, stopTimes } from './worker-limits.ts'
import { workflowBundle } from './workflow-bundle.ts'

/** A worker's contract, its workflows, and either the application's activities or how to make them of its settings. */
export type RunWorkerOptions<C extends Contract, S = never> = WorkerCode<C> & (WorkerApplication<C> | ConfiguredApplication<C, S>)

export interface WorkerCode<C extends Contract> {
  readonly contract: C
  /** The compiled module whose default export `implementWorkflows` made, such as `new URL('./workflows/index.js', import.meta.url)`. */
  readonly workflows: URL
}

/**
 * Runs a worker of the contract's task queue until SIGTERM or SIGINT, as the environment says: the `TEMPORAL_*` and `OIDC_*`
 * variables, OPERATIONS_ADDRESS, LOG_LEVEL, PAYLOAD_KEYS_FOLDER to encrypt payloads, SUNDIAL_WORKFLOW_BUNDLE for a prebuilt bundle,
 * and SUNDIAL_BUNDLE_CACHE for a folder where bundles are kept between starts. Workflows and activities are traced when OTEL_EXPORTER_OTLP_ENDPOINT is set.
 *
 * It starts before its server does, and takes no work until that answers and all of the application's own probes are well. When it stops it takes no new work, gives what runs
 * 25 seconds to end (WORKER_GRACE_SECONDS), and then closes everything. Metrics on `/metrics` are the application's (prom-client's default registry) and the SDK's.
 */
export async function runWorker<C extends Contract, S = never>(options: RunWorkerOptions<C, S>): Promise<void> {
  const logger = createLogger(`${options.contract.name}-worker`)
  // A wrong value is reported with all the others, when the rest is read.
  const { deadlineMs } = stopTimes(readWorkerLimits(new SettingsReader(process.env)))
  await runService(logger, (lifecycle) => start(options, logger, lifecycle), { stopDeadlineMs: deadlineMs })
}

async function start<C extends Contract, S>(options: RunWorkerOptions<C, S>, logger: Logger, lifecycle: Lifecycle): Promise<void> {
  const { contract, workflows } = options
  const { signal } = lifecycle
  const reader = new SettingsReader(process.env)
  const settings = readWorkerSettings(reader)
  const startApplication = readApplication<C, S>(options, reader)
  reader.finish()
  const tracing = settings.tracing ? await startTracing({ service: `${contract.name}-worker`, logger }) : undefined
  if (tracing) lifecycle.onStop('traces', () => tracing.close())
  const { namespace } = settings.temporal
  const { taskQueue } = contract
  const { activities, stop, probes = {} } = await startApplication(logger)
  if (stop) lifecycle.onStop('application', stop)

  const health = new WorkerReadiness(signal, probes)
  const { metricsUrl } = await installRuntime(logger, watchNondeterminism({ logger, namespace, connection: () => health.worker?.connection }))
  collectDefaultMetrics()
  const operations = await serveOperations(lifecycle, {
    address: settings.operations,
    registry: register,
    readiness: () => health.readiness(),
    alive: () => health.alive(),
    moreMetrics: () => coreMetrics(metricsUrl),
  })

  const { encryption, bundleFile, bundleCache: cacheFolder } = settings
  const converter = await dataConverter({ encryption, namespace, logger })
  const encodesFailures = encryption !== undefined
  const bundle = await workflowBundle({ contract, workflows, bundleFile, cacheFolder, tracing: settings.tracing, encodesFailures, logger })
  const access = new TemporalAccess(settings.temporal, logger)
  const probe = serverProbe({ access, namespace, taskQueue })
  lifecycle.onStop('server probe', () => probe.close())
  health.server = probe

  // Work that is taken now would only fail and be tried again.
  await waitForSources({ temporal: probe, ...probes }, { logger, signal })
  const connection = await retry(() => WorkerConnection.connect(access, logger), {
    task: `connect to Temporal at ${settings.temporal.address}`,
    logger,
    signal,
  })
  lifecycle.onStop('connection', () => connection.close())
  const plugins = tracing ? await tracingPlugins(tracing) : []
  const worker = await createWorker({
    contract,
    activities,
    namespace,
    limits: settings.limits,
    deployment: settings.deployment,
    connection: connection.native,
    dataConverter: converter,
    workflowBundle: bundle,
    plugins,
  })
  health.worker = worker
  connection.use(worker)

  if (settings.deployment) {
    const { deployment, becomesCurrent } = settings
    void tellCurrentVersion({ connection: connection.native, namespace, deployment, becomesCurrent, logger, signal })
  }
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
