import { createServer } from 'node:net'
import { isSystemError } from '../state/private-files.ts'

export interface Reservation {
  readonly port: number
  release(): Promise<void>
}

/**
 * Listens on a port of 127.0.0.1, so that nobody else can.
 * @param port 0 takes any that is free
 * @returns nothing if the port is in use or not for this user
 */
export function reservePort(port: number): Promise<Reservation | undefined> {
  const server = createServer((socket) => socket.destroy())
  return new Promise((resolve, reject) => {
    server.once('error', (error) => (isSystemError(error, 'EADDRINUSE', 'EACCES') ? resolve(undefined) : reject(error)))
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address()
      if (address === null || typeof address === 'string') return reject(new Error('a TCP server has no port'))
      resolve({ port: address.port, release: () => new Promise((done, failed) => server.close((error) => (error ? failed(error) : done()))) })
    })
  })
}
