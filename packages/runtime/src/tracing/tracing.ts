import type { Resource } from '@opentelemetry/resources'
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { Logger } from '../logging/logger.ts'

/** Traces of this process, on their way to a collector. */
export interface Tracing {
  /** What the process is, on every span. */
  readonly resource: Resource
  /** Takes spans that are made elsewhere, such as those of workflows. */
  readonly spanProcessor: SpanProcessor
  /** Sends what is left, within 5 seconds, and ends. */
  close(): Promise<void>
}

export interface StartTracingOptions {
  /** What the process is called, unless OTEL_SERVICE_NAME says otherwise. */
  readonly service: string
  /** Is told when spans cannot be delivered: they are dropped then, and the process goes on. */
  readonly logger: Logger
}

/**
 * Starts OpenTelemetry in this process, as its OTEL_* variables say: `OTEL_EXPORTER_OTLP_*` for the way to the collector, `OTEL_TRACES_SAMPLER` for
 * how much is recorded, `OTEL_RESOURCE_ATTRIBUTES`, and those of the batches. Its tracer, context and propagation (W3C trace context) are
 * OpenTelemetry's global ones, so instrumentation of other libraries joins in. Can be done once in a process.
 * Call it only if tracing is wanted: what it needs is loaded here and nowhere else.
 */
export async function startTracing(options: StartTracingOptions): Promise<Tracing> {
  const { installTracing } = await import('./install-tracing.ts')
  return installTracing(options)
}
