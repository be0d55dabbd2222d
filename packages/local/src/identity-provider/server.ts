import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { contentSecurityPolicy } from './page.ts'
import { PasswordBook } from './passwords.ts'
import { createProvider } from './provider.ts'
import { logEvents } from './log-events.ts'
import type { LoadedConfiguration } from './read-configuration.ts'
import { SessionStore } from './session-store.ts'
import { SignInAttempts } from './sign-in-attempts.ts'
import { answerSignIn } from './sign-in.ts'
import type { SignIn } from './sign-in.ts'

/** How long a stop waits for requests that are under way, in milliseconds. */
const STOP_MS = 5_000

/** A running identity provider. */
export interface IdentityProvider {
  /** Takes no new request, finishes those that are under way, saves sessions. */
  close(): Promise<void>
}

/** Starts the identity provider. Rejects when its port is taken. */
export async function startIdentityProvider(loaded: LoadedConfiguration, logger: Logger): Promise<IdentityProvider> {
  const store = new SessionStore(loaded.sessionsFile, (error) => logger.error({ err: error }, 'sessions could not be saved'))
  const provider = createProvider(loaded, store)
  logEvents(provider, logger)
  const signIn: SignIn = { provider, issuer: loaded.issuer, passwords: new PasswordBook(loaded.users), attempts: new SignInAttempts(), logger }
  const server = createServer(requestHandler(loaded, signIn))
  await listen(server, loaded.listen)
  logger.info({ issuer: loaded.issuer, clients: loaded.clients.length, users: loaded.users.length }, 'listening')
  return {
    close: async () => {
      await closeServer(server)
      await store.saved()
    },
  }
}

function requestHandler(loaded: LoadedConfiguration, signIn: SignIn): (request: IncomingMessage, response: ServerResponse) => void {
  const host = new URL(loaded.issuer).host
  const policy = contentSecurityPolicy(loaded.clients.flatMap((client) => client.redirectUris ?? []))
  const protocol = signIn.provider.callback()
  return (request, response) => {
    response.setHeader('content-security-policy', policy)
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('x-frame-options', 'DENY')
    // Not stricter, or browsers would send `Origin: null` with our own form.
    response.setHeader('referrer-policy', 'same-origin')
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    if (path === '/healthz') return void sendJson(response, 200, { status: 'ok' })
    // A name that someone else's DNS points at this machine must not reach the sign-in page.
    if (request.headers.host !== host) {
      return void sendJson(response, 421, { error: 'invalid_request', error_description: `this identity provider is reached at ${loaded.issuer}` })
    }
    if (!path.startsWith('/interaction/')) return void protocol(request, response)
    answerSignIn(signIn, request, response).catch((error: unknown) => {
      signIn.logger.error({ err: error }, 'the sign-in page failed')
      if (response.headersSent) response.destroy()
      else sendJson(response, 500, { error: 'server_error' })
    })
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body))
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
