import type { Tracing } from '@sundial/runtime'
import type { WorkerPlugin } from '@temporalio/worker'

/** Traces workflows and activities. Workflows need a bundle that was made for it. */
export async function tracingPlugin({ resource, spanProcessor }: Tracing): Promise<WorkerPlugin> {
  // Here, so that a worker that does not trace loads nothing of it.
  const { OpenTelemetryPlugin } = await import('@temporalio/interceptors-opentelemetry-v2')
  return new OpenTelemetryPlugin({ resource, spanProcessor })
}
