import { createServer, type RequestListener, type Server } from 'node:http'
import type { Logger } from 'pino'
import type { LoadedConfiguration } from './read-configuration.ts'
import { sendJson } from './send-json.ts'
import { SessionStore } from './session-store.ts'

/** How long a stop waits for requests that are under way, in milliseconds. */
const STOP_MS = 5_000

/** A running identity provider. */
export interface IdentityProvider {
  /** Takes no new request, finishes those that are under way, saves sessions. */
  close(): Promise<void>
}

/**
 * Starts the identity provider. Its public keys are there before the rest, which takes a while to load: until then everything else is answered with 503.
 * Rejects when its port is taken.
 */
export async function startIdentityProvider(loaded: LoadedConfiguration, logger: Logger): Promise<IdentityProvider> {
  const store = new SessionStore(loaded.sessionsFile, (error) => logger.error({ err: error }, 'sessions could not be saved'))
  let answer = publicKeysOnly(loaded)
  const server = createServer((request, response) => answer(request, response))
  await listen(server, loaded.listen)
  const { requestHandler } = await import('./request-handler.ts')
  answer = requestHandler(loaded, store, logger)
  logger.info({ issuer: loaded.issuer, clients: loaded.clients.length, users: loaded.users.length }, 'listening')
  return {
    close: async () => {
      await closeServer(server)
      await store.saved()
    },
  }
}

function publicKeysOnly({ issuer, signingKey }: LoadedConfiguration): RequestListener {
  const { kty, n, e, kid, alg, use } = signingKey
  const { host } = new URL(issuer)
  return ({ url, headers }, response) => {
    const isOurs = url?.split('?')[0] === '/jwks' && headers.host === host
    sendJson(response, isOurs ? 200 : 503, isOurs ? { keys: [{ kty, use, alg, kid, e, n }] } : { error: 'temporarily_unavailable' })
  }
}

function listen(server: Server, address: { readonly host: string; readonly port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(address.port, address.host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), STOP_MS)
    server.close(() => {
      clearTimeout(late)
      resolve()
    })
    server.closeIdleConnections()
  })
}
