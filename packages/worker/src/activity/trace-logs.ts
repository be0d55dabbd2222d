import { context, isSpanContextValid, trace } from '@opentelemetry/api'
import type { ActivityInterceptors } from '@temporalio/worker'

/**
 * The SDK says that an activity failed when the span of the attempt has ended already, so OpenTelemetry's interceptors say nothing of it there: this one
 * remembers. It has to come after them.
 */
export function activityTraceLogs(): ActivityInterceptors {
  let fields: Readonly<Record<string, string>> = {}
  return {
    inbound: {
      execute(input, next) {
        fields = traceFields()
        return next(input)
      },
    },
    outbound: { getLogAttributes: (attributes, next) => next({ ...fields, ...attributes }) },
  }
}

function traceFields(): Record<string, string> {
  const active = trace.getSpanContext(context.active())
  return active && isSpanContextValid(active) ? { trace_id: active.traceId, span_id: active.spanId } : {}
}
