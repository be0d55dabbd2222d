import type { FastifyInstance } from 'fastify'

/**
 * Writes one line for every request to change something, whether it was let or not: who asked for what, of which workflow, and what became of it.
 * Bodies are not in it. It is written whatever LOG_LEVEL says, short of `silent`.
 */
export function auditWrites(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { write, operationId } = request.routeOptions.config
    if (!write || request.log.level === 'silent') return
    const { caller, execution } = request
    const line = { audit: operationId, subject: caller?.subject ?? null, status: reply.statusCode, address: request.ip, ...execution }
    // A child: the level of the request's own logger is the application's.
    request.log.child({}, { level: 'info' }).info(line, 'audit')
  })
}
