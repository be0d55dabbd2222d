import { connect } from 'node:tls'
import type { Tls } from './tls.ts'

/**
 * Whether a TLS server lets a caller in, or the code of its alert. With TLS 1.3 the caller is through before the server has seen its
 * certificate; the server's first session ticket is what says that it was good.
 */
export function handshake(address: string, { ca, serverName, identity }: Tls): Promise<string> {
  const [host = '', port] = address.split(':')
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), ca, servername: serverName, ...identity })
    const end = (answer: string) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('session', () => end('let in'))
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message))
    socket.once('close', () => end('closed'))
  })
}
