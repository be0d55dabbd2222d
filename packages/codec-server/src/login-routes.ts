import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { LoginConfiguration } from './configuration.ts'
import type { LoginState, Sessions } from './sessions.ts'

/** Cookies of one host are shared by all its ports, so the names are ours alone. */
const SESSION_COOKIE = 'sundial_codec'
const LOGIN_COOKIE = 'sundial_codec_login'
/** Seconds in which somebody signs in. */
const LOGIN_SECONDS = 600

/** `GET /login` signs a person in with the identity provider, `/callback` is where it sends the browser back, `POST /logout` ends the session. */
export function addLogin(app: FastifyInstance, sessions: Sessions, { callbackUrl, returnUrl }: LoginConfiguration): void {
  const { pathname, protocol } = new URL(callbackUrl)
  const cookie = { path: '/', httpOnly: true, secure: protocol === 'https:' } as const

  app.get('/', async (_request, reply) => reply.redirect('/login'))
  app.get('/login', async (_request, reply) => {
    const { url, login } = await sessions.begin()
    // The provider sends the browser back from another site, so this one is not strict.
    reply.setCookie(LOGIN_COOKIE, Buffer.from(JSON.stringify(login)).toString('base64url'), { ...cookie, sameSite: 'lax', maxAge: LOGIN_SECONDS })
    return reply.redirect(url)
  })
  app.get(pathname, async (request, reply) => {
    const login = readLogin(request)
    if (!login) return reply.status(400).send({ error: 'this sign-in was not begun here, or too long ago; open /login' })
    reply.clearCookie(LOGIN_COOKIE, cookie)
    try {
      const session = await sessions.finish(request.url.split('?')[1] ?? '', login)
      reply.setCookie(SESSION_COOKIE, session, { ...cookie, sameSite: 'strict' })
      return await reply.redirect(returnUrl)
    } catch (error) {
      request.log.warn({ reason: (error as Error).message }, 'a sign-in failed')
      return reply.status(403).send({ error: 'the identity provider did not let you in; open /login to try again' })
    }
  })
  app.post('/logout', async (request, reply) => {
    sessions.end(request.cookies[SESSION_COOKIE] ?? '')
    return reply.clearCookie(SESSION_COOKIE, cookie).status(204).send()
  })
}

/** The value of the session's cookie. */
export function sessionOf(request: FastifyRequest): string | undefined {
  return request.cookies[SESSION_COOKIE]
}

function readLogin(request: FastifyRequest): LoginState | undefined {
  try {
    const { state, verifier } = JSON.parse(Buffer.from(request.cookies[LOGIN_COOKIE] ?? '', 'base64url').toString()) as Partial<LoginState>
    return typeof state === 'string' && typeof verifier === 'string' ? { state, verifier } : undefined
  } catch {
    return undefined
  }
}
