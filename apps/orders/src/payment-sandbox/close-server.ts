import type { FastifyInstance } from 'fastify'

/**
 * Stops taking requests, and lets those that are open end within `graceMs`. Then the rest is cut off: Node does not count a connection on which
 * nothing was ever asked as idle, and clients open such ones ahead, so waiting for all to end could take a minute.
 */
export async function closeServer(app: FastifyInstance, graceMs: number): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), graceMs)
  await app.close()
  clearTimeout(timer)
}
