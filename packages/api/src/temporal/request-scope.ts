import type { Tenant } from '../auth/tenant.ts'

/** What work on Temporal knows of the request that it is for. */
export interface RequestScope {
  /** Aborted when the caller goes away before its answer is complete. */
  readonly gone: AbortSignal
  /** Whose workflows it may see and start. Nothing: everybody's. */
  tenant: Tenant | undefined
  /** The workflow that the request turned out to be about: for problems and logs. Never one that the caller may not know of. */
  execution: { workflowId: string; runId?: string } | undefined
}
