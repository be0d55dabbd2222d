import { type OperationsServer, type OperationsServerOptions, startOperationsServer } from '../operations/operations-server.ts'
import type { Lifecycle } from './run-service.ts'

/**
 * Serves what whoever runs a service needs, until the service has stopped: it can be looked at while it finishes its work. With
 * STOP_RELEASES_PORTS=true only until it begins to stop, so that its next copy on the same machine can listen on the same port.
 */
export async function serveOperations(lifecycle: Lifecycle, options: OperationsServerOptions): Promise<OperationsServer> {
  const server = await startOperationsServer(options)
  lifecycle.onStop('operations server', () => server.close())
  if (process.env['STOP_RELEASES_PORTS'] === 'true') lifecycle.signal.addEventListener('abort', () => void server.close(), { once: true })
  return server
}
