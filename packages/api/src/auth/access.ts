import type { Access, Operation } from '@sundial/contract'
import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import type { ApiContext } from '../api-context.ts'
import { problem } from '../http/api-problem.ts'
import { roleAllows } from './roles.ts'
import { tenantOf } from './tenant.ts'
import type { Caller, Verifier } from './verifier.ts'

type Guard = Pick<ApiContext, 'verifier' | 'contract'>

/** Lets in everybody who has a good token, and notes who and of which tenant it is. */
export async function enter({ verifier, contract }: Guard, request: FastifyRequest): Promise<Caller> {
  const caller = await authenticate(verifier, request)
  request.caller = caller
  request.tenant = tenantOf(contract.tenant, caller)
  return caller
}

/**
 * Lets in callers who may do an operation, or several at once: their token has the scope that the contract names for it, or, in Temporal's dialect, a role that is
 * enough. What the contract grants to nobody is refused to all. Runs before the body is read.
 */
export function requireAccess(guard: Guard, access: Access, operations: Operation | readonly Operation[]): onRequestAsyncHookHandler {
  return async (request) => {
    const caller = await enter(guard, request)
    for (const operation of [operations].flat()) if (!permits(caller, access, operation)) throw refusal(access[operation])
  }
}

/** Whether a caller may do an operation. */
export function permits({ scopes, role }: Caller, access: Access, operation: Operation): boolean {
  const scope = access[operation]
  return scope !== undefined && (scopes.has(scope) || roleAllows(role, operation))
}

/** The 403 that says which scope would do, if any does. */
export function refusal(scope: string | undefined) {
  if (scope === undefined) return problem('forbidden', 'the contract grants this operation to nobody')
  return problem('forbidden', `the scope "${scope}" is needed`, { headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"` } })
}

/** The caller of a request, by its bearer token. Throws the 401 that asks for one. */
async function authenticate(verifier: Verifier, { headers: { authorization } }: FastifyRequest): Promise<Caller> {
  const token = /^Bearer +([\w.~+/=-]+) *$/i.exec(authorization ?? '')?.[1]
  if (token !== undefined) return verifier.verify(token)
  const detail = authorization === undefined ? 'send an access token: "Authorization: Bearer ..."' : 'the Authorization header is not a bearer token'
  throw problem('unauthenticated', detail, { headers: { 'www-authenticate': 'Bearer' } })
}
