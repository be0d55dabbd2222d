import type { Server } from 'node:http'

/** How often connections that became idle are closed, milliseconds. */
const SWEEP_MS = 200

export interface CloseHttpServerOptions {
  readonly server: Server
  /** Stops listening, and resolves when every connection has ended: the server's own, or a framework's. */
  close(): Promise<unknown>
  /** Requests that are open get this long, in milliseconds. Then they are cut off. */
  readonly graceMs: number
}

/**
 * Stops taking requests, and lets those that are open end within the grace. Connections that are kept alive are closed as soon as nothing is
 * asked on them. The rest is cut off in the end: Node does not count a connection on which nothing was ever asked as idle, and clients open
 * such ones ahead, so waiting for all to end could take a minute.
 */
export async function closeHttpServer({ server, close, graceMs }: CloseHttpServerOptions): Promise<void> {
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
  const cut = setTimeout(() => server.closeAllConnections(), graceMs)
  try {
    await close()
  } finally {
    clearInterval(sweep)
    clearTimeout(cut)
  }
}
