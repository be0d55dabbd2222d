import type { RequestListener } from 'node:http'
import type { Logger } from 'pino'
import { ClientSecrets } from './client-secrets.ts'
import { logEvents } from './log-events.ts'
import { contentSecurityPolicy } from './page.ts'
import { PasswordBook } from './passwords.ts'
import { createProvider } from './provider.ts'
import type { LoadedConfiguration } from './read-configuration.ts'
import { sendJson } from './send-json.ts'
import type { SessionStore } from './session-store.ts'
import { SignInAttempts } from './sign-in-attempts.ts'
import { answerSignIn, type SignIn } from './sign-in.ts'

/** Answers everything that an identity provider is asked. */
export function requestHandler(loaded: LoadedConfiguration, store: SessionStore, logger: Logger): RequestListener {
  const provider = createProvider(loaded, store, new ClientSecrets(loaded.clients, logger))
  logEvents(provider, logger)
  const signIn: SignIn = { provider, issuer: loaded.issuer, passwords: new PasswordBook(loaded.users), attempts: new SignInAttempts(), logger }
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
