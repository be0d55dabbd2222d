import { connect, type Socket } from 'node:net'
import type { HostPort } from '@sundial/platform/process'
import type { Backend } from './backends.ts'

/** How long a copy may take to accept a connection, in milliseconds. On one machine it is refused or accepted at once; a stopped one does neither. */
const ACCEPT_MS = 1_000

/**
 * Forwards a connection to the first of the backends that accepts it. Whatever is in it passes through, TLS included.
 * @returns the backend, or nothing if none accepted or the client went away meanwhile; the client's connection is then reset
 */
export async function forward(client: Socket, port: string, backends: readonly Backend[]): Promise<Backend | undefined> {
  client.on('error', ignore)
  for (const backend of backends) {
    const address = backend.ports[port]
    if (!address) continue
    // Counted from here: the next client must not choose as if this one were not there.
    backend.connections += 1
    const server = await open(address, () => (backend.connections -= 1))
    if (!server) continue
    if (client.destroyed) {
      server.destroy()
      return undefined
    }
    join(client, server)
    join(server, client)
    return backend
  }
  client.resetAndDestroy()
  return undefined
}

/** Each direction ends by itself. A connection that breaks on one side is broken on the other: whoever is there connects again. */
function join(from: Socket, to: Socket): void {
  from.once('close', (hadError) => {
    if (hadError || !from.readableEnded) to.resetAndDestroy()
  })
  from.pipe(to)
}

function open({ host, port }: HostPort, onClose: () => void): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true })
    const timer = setTimeout(() => socket.destroy(), ACCEPT_MS)
    // The error comes before it closes, and says nothing that the next backend would need.
    socket.on('error', ignore)
    socket.once('close', onClose)
    const fail = (): void => {
      clearTimeout(timer)
      resolve(undefined)
    }
    socket.once('close', fail)
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.off('close', fail)
      resolve(socket)
    })
  })
}

function ignore(): void {
  // A connection that fails also closes, and that is acted upon.
}
