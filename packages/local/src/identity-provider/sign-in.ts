import type { IncomingMessage, ServerResponse } from 'node:http'
import { errors } from 'oidc-provider'
import type { Provider } from 'oidc-provider'
import type { Logger } from 'pino'
import { readForm } from './form.ts'
import { errorPage, signInPage } from './pages.ts'
import type { PasswordBook } from './passwords.ts'
import type { SignInAttempts } from './sign-in-attempts.ts'

/** What signing in needs. */
export interface SignIn {
  readonly provider: Provider
  readonly issuer: string
  readonly passwords: PasswordBook
  readonly attempts: SignInAttempts
  readonly logger: Logger
}

/**
 * Answers `/interaction/<id>`: shows the sign-in page, and looks at what was filled in. The step is found by a signed cookie of that
 * path, which only this browser has; so another site can neither see the page nor post to it.
 */
export async function answerSignIn(signIn: SignIn, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const action = new URL(request.url ?? '/', signIn.issuer).pathname
  try {
    const step = await signIn.provider.interactionDetails(request, response)
    if (`/interaction/${step.uid}` !== action) throw new errors.SessionNotFound('another sign-in was begun')
    const client = String(step.params.client_id)
    const clientName = (await signIn.provider.Client.find(client))?.clientName ?? client
    if (request.method === 'POST') return await answerForm(signIn, { request, response }, { client, clientName, action })
    if (request.method !== 'GET') return send(response, 405, errorPage('invalid_request', 'This page is opened or its form is sent, nothing else.'))
    // Clients may ask for a consent page. There is nothing to decide: everything that they may do was granted.
    if (step.prompt.name === 'consent') return await signIn.provider.interactionFinished(request, response, { consent: {} }, { mergeWithLastSubmission: true })
    send(response, 200, signInPage({ clientName, action }))
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) throw error
    send(response, 400, errorPage('session_not_found', 'This sign-in is over, or was begun in another window.'))
  }
}

async function answerForm(
  signIn: SignIn,
  exchange: { request: IncomingMessage; response: ServerResponse },
  view: { client: string; clientName: string; action: string },
): Promise<void> {
  const { provider, passwords, attempts, logger } = signIn
  const { request, response } = exchange
  // Other ports of this host are the same site for cookies, but not the same origin.
  if (request.headers.origin !== undefined && request.headers.origin !== signIn.issuer) {
    return send(response, 403, errorPage('invalid_request', 'The form was sent from another site.'))
  }
  const form = await readForm(request)
  if (form === undefined) return send(response, 400, errorPage('invalid_request', 'This is not what the sign-in form sends.'))
  const name = form.get('name') ?? ''
  const wait = attempts.waitSeconds(name)
  if (wait > 0) {
    response.setHeader('retry-after', String(wait))
    return send(response, 429, signInPage({ ...view, name, problem: `Too many wrong passwords. Try again in ${wait} seconds.` }))
  }
  if (!passwords.matches(name, form.get('password') ?? '')) {
    attempts.failed(name)
    // The name is not logged: people type passwords into the wrong field.
    logger.warn({ client: view.client }, 'sign-in refused')
    return send(response, 401, signInPage({ ...view, name, problem: 'The name or the password is not right.' }))
  }
  attempts.succeeded(name)
  logger.info({ client: view.client, user: name }, 'signed in')
  await provider.interactionFinished(request, response, { login: { accountId: name, remember: true } }, { mergeWithLastSubmission: false })
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(body)
}
