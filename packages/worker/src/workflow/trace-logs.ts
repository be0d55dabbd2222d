import { context, isSpanContextValid, trace } from '@opentelemetry/api'
import type { WorkflowInterceptors } from '@temporalio/workflow'

/** The same as for activities, in the sandbox: a module of interceptors for a bundle whose workflows are traced. */
export function interceptors(): WorkflowInterceptors {
  let fields: Readonly<Record<string, string>> = {}
  return {
    inbound: [
      {
        execute(input, next) {
          const active = trace.getSpanContext(context.active())
          if (active && isSpanContextValid(active)) fields = { trace_id: active.traceId, span_id: active.spanId }
          return next(input)
        },
      },
    ],
    outbound: [{ getLogAttributes: (attributes, next) => next({ ...fields, ...attributes }) }],
  }
}
