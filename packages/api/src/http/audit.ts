import { flatLogger, type Logger } from '@sundial/runtime'
import type { FastifyInstance } from 'fastify'

/**
 * Writes one line for every request to change something, whether it was let or not: who asked for what, of which workflow, and what became of it.
 * Bodies are not in it. It is written whatever LOG_LEVEL says, short of `silent`.
 */
export function auditWrites(app: FastifyInstance, logger: Logger): void {
  // A logger of its own: the level of the others is the application's.
  const audit = logger.level === 'silent' ? undefined : flatLogger(logger.child({}, { level: 'info' }))
  app.addHook('onResponse', (request, reply, done) => {
    const { write, operationId } = request.routeOptions.config
    if (write) {
      const { id: reqId, caller, execution } = request
      audit?.info({ reqId, audit: operationId, subject: caller?.subject ?? null, status: reply.statusCode, address: request.ip, ...execution }, 'audit')
    }
    done()
  })
}
