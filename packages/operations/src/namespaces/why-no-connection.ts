import { once } from 'node:events'
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { TemporalTls } from '@sundial/runtime'

/** Milliseconds for the connection, and then for the server's refusal of our certificate, which TLS 1.3 tells after the handshake. */
const CONNECT_MS = 3000
const REFUSAL_MS = 500

/** What gRPC does not tell: why a connection is not made. One attempt of its own, for people. Always resolves, to words. */
export async function whyNoConnection(address: string, tls: TemporalTls | false): Promise<string> {
  const colon = address.lastIndexOf(':')
  const host = address.slice(0, colon).replace(/^\[(.*)\]$/, '$1')
  const port = Number(address.slice(colon + 1))
  const socket = tls ? connectTls({ host, port, ...nodeTls(tls, host), ALPNProtocols: ['h2'] }) : connectTcp(port, host)
  // Also those that come when nobody waits for one any more.
  socket.on('error', () => undefined)
  try {
    await once(socket, tls ? 'secureConnect' : 'connect', { signal: AbortSignal.timeout(CONNECT_MS) })
    const refusal = await closing(socket)
    if (refusal !== undefined) return refusal
    return tls
      ? 'a TLS connection is made, and nothing answers on it; is it Temporal’s gRPC port?'
      : 'a connection is made, and nothing answers on it; does it want TLS?'
  } catch (error) {
    return explain(error as NodeJS.ErrnoException)
  } finally {
    socket.destroy()
  }
}

/** Node asks for the name in the certificate by this. An IP address is no name to ask for. */
function nodeTls({ serverNameOverride, serverRootCACertificate, clientCertPair }: TemporalTls, host: string) {
  const servername = serverNameOverride ?? host
  return {
    ...(/[a-z]/i.test(servername) && !servername.includes(':') && { servername }),
    ...(serverRootCACertificate && { ca: serverRootCACertificate }),
    ...(clientCertPair && { cert: clientCertPair.crt, key: clientCertPair.key }),
  }
}

async function closing(socket: Socket): Promise<string | undefined> {
  const over = AbortSignal.timeout(REFUSAL_MS)
  try {
    await once(socket, 'close', { signal: over })
    return 'it closes the connection at once; does it want TLS, or a client certificate?'
  } catch (error) {
    return over.aborted ? undefined : explain(error as NodeJS.ErrnoException)
  }
}

function explain(error: NodeJS.ErrnoException): string {
  const { code = '', message } = error
  if (error.name === 'AbortError') return 'it does not answer in time'
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `its certificate is for another name (${message})`
  if (/^(SELF_SIGNED|UNABLE_TO|DEPTH_ZERO|CERT_)/.test(code)) return `its certificate is not trusted (${message})`
  if (/alert/.test(message)) return `it refuses our certificate (${message})`
  return message || code
}
