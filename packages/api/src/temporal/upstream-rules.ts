import type { ProblemSlug } from '../http/problems.ts'
import type { OperationKind } from '../routes/operation.ts'

/** What an error of the SDK must look like for a rule; members that are absent match everything. */
export interface UpstreamRule {
  readonly slug: ProblemSlug
  /** The `name` of the error. Not its class: two copies of the SDK in one process have different classes. */
  readonly name?: string
  /** The gRPC status code of the error or of its cause. */
  readonly codes?: readonly number[]
  /** In the message of the error, or in the server's own words. */
  readonly says?: RegExp
  readonly operation?: OperationKind
}

/** gRPC status codes. */
const CANCELLED = 1
const INVALID_ARGUMENT = 3
const DEADLINE_EXCEEDED = 4
const NOT_FOUND = 5
const ALREADY_EXISTS = 6
const PERMISSION_DENIED = 7
const RESOURCE_EXHAUSTED = 8
const FAILED_PRECONDITION = 9
const INTERNAL = 13
const UNAVAILABLE = 14
const UNAUTHENTICATED = 16

/** The problem that an error of Temporal is: the first rule that matches; a gRPC status that none does is `upstream-error`. Several of the SDK's classes mean more than one thing, so words and codes count too. */
export const UPSTREAM_RULES: readonly UpstreamRule[] = [
  { slug: 'already-started', name: 'WorkflowExecutionAlreadyStartedError' },
  // Of a signal with a start, which the SDK has no such error for.
  { slug: 'already-started', codes: [ALREADY_EXISTS] },
  // Not final: the server says the same of a namespace that it cannot look up while its database is away, and one that was forgotten may be made.
  { slug: 'namespace-unavailable', name: 'NamespaceNotFoundError' },
  { slug: 'namespace-unavailable', codes: [NOT_FOUND], says: /^(?:\d+ NOT_FOUND: )?namespace\b/i },
  // The SDK has one class for "never was" and "is over".
  { slug: 'already-closed', name: 'WorkflowNotFoundError', says: /already completed/i },
  { slug: 'already-closed', codes: [NOT_FOUND], says: /already completed/i },
  { slug: 'not-found', name: 'WorkflowNotFoundError' },
  { slug: 'not-found', name: 'ScheduleNotFoundError' },
  { slug: 'not-found', codes: [NOT_FOUND] },
  // Only declared queries have a route, so "not registered" means that the handler threw.
  { slug: 'query-failed', name: 'QueryNotRegisteredError' },
  { slug: 'query-failed', codes: [FAILED_PRECONDITION], operation: 'query' },
  { slug: 'query-rejected', name: 'QueryRejectedError' },
  // The server holds a query that nobody answers until our deadline; that may surface as either code.
  { slug: 'no-worker', codes: [CANCELLED, DEADLINE_EXCEEDED], operation: 'query' },
  { slug: 'no-worker', name: 'WorkflowUpdateRPCTimeoutOrCancelledError' },
  { slug: 'payload-too-large', codes: [INVALID_ARGUMENT], says: /size exceeds limit/i },
  { slug: 'bad-visibility-query', codes: [INVALID_ARGUMENT], operation: 'list' },
  { slug: 'invalid-argument', codes: [INVALID_ARGUMENT] },
  { slug: 'payload-too-large', codes: [RESOURCE_EXHAUSTED], says: /message larger than max|exceeds? (?:the )?(?:max|limit)/i },
  { slug: 'throttled', codes: [RESOURCE_EXHAUSTED] },
  // Our credentials, not the caller's: never a 401 or 403.
  { slug: 'upstream-denied', codes: [PERMISSION_DENIED, UNAUTHENTICATED] },
  { slug: 'unavailable', codes: [UNAVAILABLE] },
  // How the client reports some connections that broke under a request.
  { slug: 'unavailable', codes: [INTERNAL], says: /RST_STREAM/ },
  { slug: 'timeout', codes: [DEADLINE_EXCEEDED, CANCELLED] },
  { slug: 'credentials-unavailable', name: 'TokenError' },
]
