import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import { problem } from '../http/api-problem.ts'
import type { Caller, Verifier } from './verifier.ts'

/** The caller of a request, by its bearer token. Throws the 401 that asks for one. */
export async function authenticate(verifier: Verifier, request: FastifyRequest): Promise<Caller> {
  const { authorization } = request.headers
  const token = /^Bearer +([\w.~+/=-]+) *$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) {
    const detail = authorization === undefined ? 'send an access token: "Authorization: Bearer ..."' : 'the Authorization header is not a bearer token'
    throw problem('unauthenticated', detail, { headers: { 'www-authenticate': 'Bearer' } })
  }
  const caller = await verifier.verify(token)
  request.caller = caller
  return caller
}

/** Lets in callers whose token has the scope. Without a scope nobody is let in: what a contract does not grant is refused. Runs before the body is read. */
export function requireScope(verifier: Verifier, scope: string | undefined): onRequestAsyncHookHandler {
  return async (request) => {
    const { scopes } = await authenticate(verifier, request)
    if (scope === undefined) throw problem('forbidden', 'the contract grants this operation to nobody')
    if (!scopes.has(scope)) throw missingScope(scope)
  }
}

/** The 403 that says which scope would do. */
export function missingScope(scope: string) {
  return problem('forbidden', `the scope "${scope}" is needed`, { headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"` } })
}
