import type { Logger } from '@sundial/runtime'
import { Runtime } from '@temporalio/worker'
import { freePort } from './free-port.ts'
import { type LogListener, sdkLogger } from './sdk-logger.ts'

/** Installs the SDK's core in this process, which can be done once, and gives the address of its metrics. What it logs the listener hears too. */
export async function installRuntime(logger: Logger, listener: LogListener): Promise<{ metricsUrl: string }> {
  const bindAddress = `127.0.0.1:${await freePort()}`
  Runtime.install({
    logger: sdkLogger(logger, listener),
    telemetryOptions: {
      logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } },
      // Names without suffixes: those of Temporal's own dashboards.
      metrics: { prometheus: { bindAddress } },
    },
    // `runService` owns the signals: what stops when is one decision.
    shutdownSignals: [],
  })
  return { metricsUrl: `http://${bindAddress}/metrics` }
}
