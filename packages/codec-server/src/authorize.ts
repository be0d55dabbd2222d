import type { FastifyRequest } from 'fastify'
import { sessionOf } from './login-routes.ts'
import { isAllowed, type Operation } from './permissions.ts'
import type { Sessions } from './sessions.ts'
import type { TokenVerifier } from './tokens.ts'

/** Why not: the status of the answer, and what to do. */
export interface Refusal {
  readonly status: 400 | 401 | 403
  readonly error: string
}
export interface Permit {
  readonly namespace: string
  readonly subject: string
}
export type Authorize = (request: FastifyRequest, operation: Operation) => Promise<Permit | Refusal>

export interface AuthorizerOptions {
  readonly verifier: TokenVerifier
  /** Absent: only tokens are taken. */
  readonly sessions: Sessions | undefined
  readonly origins: readonly string[]
}

/** A namespace as Temporal allows them. */
const NAMESPACE = /^[A-Za-z0-9][\w.-]{0,254}$/

/**
 * Finds out who asks, by a bearer token or the session of a browser, and whether that person may see the namespace in `x-namespace`: the token's
 * `permissions` say so, the same that Temporal itself asks for.
 */
export function authorizer({ verifier, sessions, origins }: AuthorizerOptions): Authorize {
  return async (request, operation) => {
    const { origin } = request.headers
    // A browser says which page asks; that page may use the session only if it is ours.
    if (origin !== undefined && !origins.includes(origin)) return { status: 403, error: `pages of ${origin} may not ask here` }
    const namespace = request.headers['x-namespace']
    if (typeof namespace !== 'string' || !NAMESPACE.test(namespace)) return { status: 400, error: 'the header x-namespace must name a Temporal namespace' }
    const token = bearerOf(request) ?? (await sessions?.token(sessionOf(request) ?? ''))
    const claims = token === undefined ? undefined : await verifier.verify(token)
    if (!claims) return { status: 401, error: `bring a bearer token for Temporal${sessions ? ', or sign in at /login' : ''}` }
    if (!isAllowed(claims['permissions'], operation, namespace)) {
      return { status: 403, error: `your token does not allow it: it needs ${namespace}:${operation === 'decode' ? 'read' : 'write'} in "permissions"` }
    }
    return { namespace, subject: claims.sub ?? '' }
  }
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
}
