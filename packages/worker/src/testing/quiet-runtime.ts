import { IllegalStateError } from '@temporalio/common'
import { DefaultLogger, Runtime } from '@temporalio/worker'

/** What goes wrong a test or a report says, so the SDK need not say it too. A program that installed its own runtime keeps it. */
export function quietRuntime(): void {
  try {
    Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { forward: {}, filter: { core: 'ERROR' } } }, shutdownSignals: [] })
  } catch (error) {
    if (!(error instanceof IllegalStateError)) throw error
  }
}
