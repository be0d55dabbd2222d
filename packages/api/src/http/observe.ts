import type { FastifyInstance } from 'fastify'
import { flatLogger, type Logger } from '@sundial/runtime'
import { Histogram, type Registry } from 'prom-client'

/** Seconds. Starts and queries take milliseconds, waits up to a minute. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** One line and one observation for every answer. The route, never the path, is the label: paths hold ids. */
export function observeRequests(app: FastifyInstance, registry: Registry, logger: Logger): void {
  const lines = flatLogger(logger)
  const duration = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Time from a request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  })
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    duration.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
    const { id: reqId, method, caller, execution } = request
    lines.info({ reqId, method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), subject: caller?.subject, ...execution }, 'request')
    done()
  })
}
