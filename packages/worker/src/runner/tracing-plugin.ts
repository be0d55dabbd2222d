import type { Tracing } from '@sundial/runtime'
import type { WorkerPlugin } from '@temporalio/worker'

/** Traces workflows and activities, and what the SDK says about them. Workflows need a bundle that was made for it. */
export async function tracingPlugins({ resource, spanProcessor }: Tracing): Promise<WorkerPlugin[]> {
  // Here, so that a worker that does not trace loads nothing of it.
  const { OpenTelemetryPlugin } = await import('@temporalio/interceptors-opentelemetry-v2')
  const { activityTraceLogs } = await import('../activity/trace-logs.ts')
  const logs: WorkerPlugin = {
    name: 'sundial-trace-logs',
    // After the other, within whose span it has to be.
    configureWorker: ({ interceptors, ...options }) => ({
      ...options,
      interceptors: { ...interceptors, activity: [...(interceptors?.activity ?? []), activityTraceLogs] },
    }),
  }
  return [new OpenTelemetryPlugin({ resource, spanProcessor }), logs]
}
