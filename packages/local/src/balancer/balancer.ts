import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import type { BalancerConfiguration, HostPort } from '@sundial/platform/process'
import type { Logger } from 'pino'
import { Backends } from './backends.ts'
import { forward } from './forward.ts'
import { healthServer } from './health-server.ts'

export interface Balancer {
  /** Breaks all connections and listens no more. */
  close(): Promise<void>
}

/** Listens at the address of a workload, and forwards each connection to one of its copies. Rejects if an address is taken. */
export async function startBalancer({ health, ports, backends: specs }: BalancerConfiguration, logger: Logger): Promise<Balancer> {
  const backends = new Backends(specs)
  const over = new AbortController()
  const clients = new Set<Socket>()
  let refusing = false
  const accept = async (client: Socket, port: string): Promise<void> => {
    clients.add(client)
    client.once('close', () => clients.delete(client))
    const backend = await forward(client, port, backends.inOrder())
    // Said once, not for each client that tries again.
    if (!backend && !refusing) logger.warn({ port }, 'no backend accepts connections')
    refusing = !backend
  }
  const servers = Object.entries(ports).map(([port, address]) => ({
    address,
    server: createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (client) => void accept(client, port)),
  }))
  const all = [...servers, { address: health, server: healthServer(backends) }]
  await Promise.all(all.map(({ server, address }) => listening(server, address)))
  const watching = backends.watch(over.signal, logger)
  return {
    close: async () => {
      over.abort()
      for (const client of clients) client.resetAndDestroy()
      await Promise.all([watching, ...all.map(({ server }) => closed(server))])
    },
  }
}

async function listening(server: Server, { host, port }: HostPort): Promise<void> {
  server.listen({ host, port, exclusive: true })
  await once(server, 'listening')
}

async function closed(server: Server): Promise<void> {
  server.close()
  if ('closeAllConnections' in server && typeof server.closeAllConnections === 'function') server.closeAllConnections()
  await once(server, 'close')
}
