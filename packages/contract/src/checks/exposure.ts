import type { Access, Operation } from '../access.ts'
import type { Contract, WorkflowDefinition } from '../contract.ts'
import { nameIn } from './names.ts'

const OPERATIONS = ['start', 'read', 'signal', 'update', 'cancel', 'terminate', 'reset', 'schedule'] as const satisfies readonly Operation[]

/** What the scope of a token may look like (RFC 6749). */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/

/** What the API makes of a workflow, and for whom. */
export function* checkExposure(path: string, { http, access, queries = {}, signals, updates }: WorkflowDefinition): Generator<string> {
  if (access === undefined) yield `${path}.access: is not set; name the scope of each operation, or write {} to refuse them all`
  else yield* checkAccess(`${path}.access`, access)
  if (http === false) {
    for (const [kind, definitions] of Object.entries({ signals, updates })) {
      for (const [name, { withStart }] of Object.entries(definitions ?? {}))
        if (withStart)
          yield `${path}.${kind}.${name}.withStart: the workflow is not shown over HTTP ("http: false"), so it has no effect; leave one of them out`
    }
  } else if (http?.progress !== undefined) {
    yield* nameIn(`${path}.http.progress`, http.progress, Object.keys(queries))
    if (queries[http.progress]?.input)
      yield `${path}.http.progress: the query "${http.progress}" has an input, and nobody could give it one; name a query without`
  }
}

function* checkAccess(path: string, access: Access): Generator<string> {
  for (const [operation, scope] of Object.entries(access)) {
    yield* nameIn(`${path}.${operation}`, operation, OPERATIONS)
    yield* checkScope(`${path}.${operation}`, scope)
  }
}

export function* checkTenant({ tenant, searchAttributes = {} }: Contract): Generator<string> {
  if (!tenant) return
  if (tenant.claim === '') yield 'tenant.claim: must not be empty; name the claim of the token whose value is the tenant'
  yield* checkScope('tenant.allTenants', tenant.allTenants)
  if ('searchAttribute' in tenant) {
    const { searchAttribute } = tenant
    yield* nameIn('tenant.searchAttribute', searchAttribute, Object.keys(searchAttributes))
    const type = Object.hasOwn(searchAttributes, searchAttribute) ? searchAttributes[searchAttribute] : 'keyword'
    if (type !== 'keyword')
      yield `tenant.searchAttribute: "${searchAttribute}" is of the type ${type}; a tenant is compared as a whole, so it must be a keyword`
  } else if (!/^[\x21-\x7e]+$/.test(tenant.idSeparator)) {
    yield `tenant.idSeparator: "${tenant.idSeparator}" must be one or more visible ASCII characters, such as "."`
  }
}

function* checkScope(path: string, scope: string | undefined): Generator<string> {
  if (scope !== undefined && !SCOPE.test(scope)) yield `${path}: "${scope}" is no scope: it is one word of visible ASCII characters, such as "orders:write"`
}
