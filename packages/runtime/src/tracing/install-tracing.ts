import { randomUUID } from 'node:crypto'
import { context, diag, DiagLogLevel, isSpanContextValid, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { defaultResource, detectResources, envDetector, type Resource, resourceFromAttributes } from '@opentelemetry/resources'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { Logger } from '../logging/logger.ts'
import { traceFields } from '../logging/trace-fields.ts'
import type { StartTracingOptions, Tracing } from './tracing.ts'

/** Milliseconds for what is left when the process ends. A collector that does not answer must not hold it. */
const CLOSE_MS = 5000
/** Milliseconds for which a message is not repeated: without a collector every batch would say the same. */
const QUIET_MS = 60_000

/** See {@link startTracing}. */
export function installTracing({ service, logger }: StartTracingOptions): Tracing {
  diag.setLogger(diagnostics(logger), { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true })
  const resource = resourceOf(service)
  const spanProcessor = new BatchSpanProcessor(new OTLPTraceExporter())
  const provider = new BasicTracerProvider({ resource, spanProcessors: [spanProcessor] })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  // No baggage: whatever callers write there would go into the histories of workflows.
  propagation.setGlobalPropagator(new W3CTraceContextPropagator())
  trace.setGlobalTracerProvider(provider)
  traceFields.current = activeTrace
  return {
    resource,
    spanProcessor,
    async close() {
      const late = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_MS).unref())
      await Promise.race([provider.shutdown(), late])
    },
  }
}

function resourceOf(service: string): Resource {
  const own = resourceFromAttributes({ 'service.name': service, 'service.instance.id': randomUUID(), 'process.pid': process.pid })
  return defaultResource()
    .merge(own)
    .merge(detectResources({ detectors: [envDetector] }))
}

/** The names that the SDK's interceptors use in the logs of workflows and activities. */
function activeTrace(): Record<string, string> {
  const active = trace.getSpanContext(context.active())
  if (!active || !isSpanContextValid(active)) return {}
  return { trace_id: active.traceId, span_id: active.spanId, trace_flags: `0${active.traceFlags.toString(16)}` }
}

/** OpenTelemetry's own complaints, each once a minute. */
function diagnostics(logger: Logger) {
  const said = new Map<string, number>()
  const warn = (message: string, ...rest: readonly unknown[]) => {
    const now = Date.now()
    if (now - (said.get(message) ?? Number.NEGATIVE_INFINITY) < QUIET_MS) return
    said.set(message, now)
    logger.warn({ details: rest }, `tracing: ${message}`)
  }
  const nothing = () => {}
  return { error: warn, warn, info: nothing, debug: nothing, verbose: nothing }
}
