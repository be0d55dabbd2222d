/**
 * What somebody may do with a workflow. `read` is its description, its result, its queries and its schedules; `reset` goes back to an earlier
 * point of its history; `schedule` pauses its schedules and lets them go on (to run one now is a `start`).
 */
export type Operation = 'start' | 'read' | 'signal' | 'update' | 'cancel' | 'terminate' | 'reset' | 'schedule'
/** The scope that the caller's token must have for an operation, such as `orders:write`. Operations not named here are refused to everyone. */
export type Access = { readonly [O in Operation]?: string }

/**
 * Keeps tenants apart over HTTP: a claim of the caller's token says whose workflows it may see and start. It is stamped on what is started, added to
 * every list, and compared for everything else; a workflow of another tenant is not found.
 */
export type TenantBinding = {
  /** The claim whose value is the tenant, a text: `tenant`, or a URL for those of some providers. A token without it is refused. */
  readonly claim: string
  /** A scope whose holders act for every tenant, such as those who operate the platform. @default nobody does */
  readonly allTenants?: string
} & (
  | {
      /** The tenant is the value of this search attribute, a `keyword`, which the API sets at the start. */
      readonly searchAttribute: string
    }
  | {
      /** The tenant is what a workflow id begins with, and this text, such as `.`, stands between it and the rest. */
      readonly idSeparator: string
    }
)

/** How a workflow is shown over HTTP. */
export interface HttpExposure {
  /** The query that tells how far a workflow is: `…/events` sends its answer again whenever that changes. It has no input. @default the description of the workflow only */
  readonly progress?: string
}
