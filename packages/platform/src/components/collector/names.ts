import type { Platform } from '../../model/platform.ts'
import { endpoint, type Value } from '../../model/values.ts'
import type { Call } from '../../model/workload.ts'

export const COLLECTOR = 'opentelemetry-collector'
/** On a laptop: JSON of OTLP, one batch a line. */
export const TRACES_FILE = 'traces.jsonl'

/** How a program of ours sends its traces: nothing when tracing is off. The variables are OpenTelemetry's own. */
export function tracingAccess(platform: Platform): {
  readonly env: Readonly<Record<string, Value>>
  readonly calls: readonly Call[]
  readonly parties: readonly string[]
} {
  const { enabled, sampleRatio } = platform.tracing
  if (!enabled) return { env: {}, calls: [], parties: [] }
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint(COLLECTOR, 'otlp', 'url'),
    OTEL_RESOURCE_ATTRIBUTES: `service.namespace=${platform.name},deployment.environment.name=${platform.environment}`,
    // Who develops looks at once; else batches are of 5 seconds.
    ...(platform.environment === 'development' && { OTEL_BSP_SCHEDULE_DELAY: '1000' }),
    ...(sampleRatio < 1 && { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: String(sampleRatio) }),
  }
  // Spans wait for a collector that is not there, and are lost when there are too many: nobody needs it.
  return { env, calls: [{ party: COLLECTOR, port: 'otlp' }], parties: [COLLECTOR] }
}
