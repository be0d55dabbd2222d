import { type Context, context, propagation, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

interface RequestTrace {
  readonly span: Span
  readonly within: Context
}

/**
 * Makes each request to an operation a span of the caller's trace (W3C `traceparent`), or of a new one, and says which in `traceresponse`. What a handler
 * does is within it. Names and attributes are those of OpenTelemetry's conventions for HTTP servers, and of Temporal's interceptors for workflows.
 */
export function traceRequests(app: FastifyInstance): void {
  const tracer = trace.getTracer('@sundial/api')
  const traces = new WeakMap<FastifyRequest, RequestTrace>()
  const within = (request: FastifyRequest, done: () => void) => {
    const found = traces.get(request)
    if (found) context.with(found.within, done)
    else done()
  }
  app.addHook('onRequest', (request, reply, done) => {
    const { url: route, config } = request.routeOptions
    if (config.operation === undefined || route === undefined) return done()
    const parent = propagation.extract(ROOT_CONTEXT, request.headers)
    const span = tracer.startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER, attributes: requestAttributes(request, route) }, parent)
    const { traceId, spanId, traceFlags } = span.spanContext()
    traces.set(request, { span, within: trace.setSpan(parent, span) })
    request.traceId = traceId
    reply.header('traceresponse', `00-${traceId}-${spanId}-0${traceFlags.toString(16)}`)
    // A caller that goes away ends it too.
    reply.raw.once('close', () => end(span, request, reply))
    within(request, done)
  })
  // The body comes from the socket, outside of any context.
  app.addHook('preValidation', (request, _reply, done) => within(request, done))
  app.addHook('onResponse', (request, reply, done) => {
    const found = traces.get(request)
    if (found) end(found.span, request, reply)
    within(request, done)
  })
}

function requestAttributes(request: FastifyRequest, route: string) {
  const agent = request.headers['user-agent']
  return {
    'http.request.method': request.method,
    'http.route': route,
    'url.path': request.url.split('?', 1)[0] ?? '/',
    'url.scheme': request.protocol,
    'network.protocol.version': request.raw.httpVersion,
    ...(agent !== undefined && { 'user_agent.original': agent }),
  }
}

function end(span: Span, request: FastifyRequest, { statusCode }: FastifyReply): void {
  if (!span.isRecording()) return
  const { execution } = request
  span.setAttributes({
    'http.response.status_code': statusCode,
    ...(execution && { temporalWorkflowId: execution.workflowId }),
    ...(execution?.runId !== undefined && { run_id: execution.runId }),
  })
  if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', String(statusCode))
  span.end()
}
