import type { TenantBinding } from '@sundial/contract'
import { type ApiProblem, problem } from '../http/api-problem.ts'
import type { Filter } from '../temporal/visibility-query.ts'
import type { Caller } from './verifier.ts'

/** What a caller's workflows are recognised by. */
export interface Tenant {
  readonly name: string
  /** Workflows are its own when this attribute has its name, */
  readonly searchAttribute?: string
  /** or their ids begin with this. */
  readonly idPrefix?: string
}

/** A name must be short enough for a search attribute, and for an id with something behind it. */
const NAME = /^[^\p{Cc}\p{Cs}]{1,200}$/u

/** Whose workflows a caller may see and start; nothing: everybody's. Throws a 403 when the token does not say. */
export function tenantOf(binding: TenantBinding | undefined, { claims, scopes }: Caller): Tenant | undefined {
  if (!binding) return undefined
  const name = Object.hasOwn(claims, binding.claim) ? claims[binding.claim] : undefined
  if (name === undefined && binding.allTenants !== undefined && scopes.has(binding.allTenants)) return undefined
  if (typeof name !== 'string' || !NAME.test(name)) throw noTenant(`the access token must name a tenant in its claim "${binding.claim}"`)
  if ('searchAttribute' in binding) return { name, searchAttribute: binding.searchAttribute }
  // Otherwise the tenant "a" would have the workflows of a tenant "a.b".
  if (name.includes(binding.idSeparator)) throw noTenant(`a tenant's name may not have "${binding.idSeparator}" in it`)
  return { name, idPrefix: `${name}${binding.idSeparator}` }
}

/** A workflow, by what tells its tenant. */
export interface OwnedWorkflow {
  readonly workflowId: string
  /** Value of a search attribute. */
  attribute(name: string): unknown
}

/** Whether a workflow is the tenant's. Without a tenant all are. */
export function owns(tenant: Tenant | undefined, { workflowId, attribute }: OwnedWorkflow): boolean {
  if (tenant?.searchAttribute !== undefined) return attribute(tenant.searchAttribute) === tenant.name
  return mayName(tenant, workflowId)
}

/** Whether an id can be one of a tenant's workflows, as far as the id tells. */
export function mayName(tenant: Tenant | undefined, workflowId: string): boolean {
  return tenant?.idPrefix === undefined || workflowId.startsWith(tenant.idPrefix)
}

/** The conditions on a list that leave a tenant its own. */
export function tenantFilters(tenant: Tenant | undefined): Filter[] {
  if (tenant?.searchAttribute !== undefined) return [{ attribute: tenant.searchAttribute, operator: '=', value: tenant.name }]
  return tenant?.idPrefix === undefined ? [] : [{ attribute: 'WorkflowId', operator: 'STARTS_WITH', value: tenant.idPrefix }]
}

function noTenant(reason: string): ApiProblem {
  return problem('forbidden', reason)
}
