interface ProblemDefinition {
  readonly status: number
  /** The same for every occurrence. */
  readonly title: string
  /** Seconds to wait before trying again. Present: trying again may help. */
  readonly retryAfter?: number
}

/** Every problem that the API itself answers with, by the last part of its `type`. Errors that a contract declares add to these. */
export const PROBLEMS = {
  'malformed-request': { status: 400, title: 'The request cannot be read' },
  'bad-cursor': { status: 400, title: 'The cursor is not valid' },
  'bad-visibility-query': { status: 400, title: 'Temporal cannot search for this' },
  'invalid-argument': { status: 400, title: 'Temporal refuses a value of the request' },
  unauthenticated: { status: 401, title: 'A valid access token is needed' },
  forbidden: { status: 403, title: 'The access token does not allow this' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'method-not-allowed': { status: 405, title: 'The resource does not have this method' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'already-started': { status: 409, title: 'The workflow id belongs to another request' },
  'already-closed': { status: 409, title: 'The workflow is closed' },
  'query-rejected': { status: 409, title: 'The state of the workflow does not allow the query' },
  'payload-too-large': { status: 413, title: 'The request is too large' },
  'uri-too-long': { status: 414, title: 'A part of the path is too long' },
  'unsupported-media-type': { status: 415, title: 'The body must be application/json' },
  validation: { status: 422, title: 'The request does not match its schema' },
  'idempotency-mismatch': { status: 422, title: 'The Idempotency-Key was used for a different request' },
  'update-rejected': { status: 422, title: 'The workflow did not accept the update' },
  'workflow-failed': { status: 422, title: 'The workflow failed' },
  'workflow-timed-out': { status: 422, title: 'The workflow did not end in its time' },
  'workflow-cancelled': { status: 422, title: 'The workflow was cancelled' },
  'workflow-terminated': { status: 422, title: 'The workflow was terminated' },
  'rate-limited': { status: 429, title: 'The caller sends too many requests', retryAfter: 60 },
  'too-many-streams': { status: 429, title: 'The caller follows too many workflows at once', retryAfter: 5 },
  throttled: { status: 429, title: 'Too many requests', retryAfter: 1 },
  'headers-too-large': { status: 431, title: 'The header fields are too large' },
  // Nobody reads this one: it is for the metrics.
  gone: { status: 499, title: 'The caller went away' },
  internal: { status: 500, title: 'The API has a fault' },
  'query-failed': { status: 500, title: 'The workflow could not answer the query' },
  'upstream-denied': { status: 502, title: 'Temporal does not accept the credentials of this API' },
  'unexpected-answer': { status: 502, title: 'The workflow answered with what its contract does not allow' },
  'upstream-error': { status: 502, title: 'Temporal answered with an error' },
  overloaded: { status: 503, title: 'The API has too much to do', retryAfter: 2 },
  unavailable: { status: 503, title: 'Temporal cannot be reached', retryAfter: 2 },
  'namespace-unavailable': { status: 503, title: 'Temporal does not find the namespace of this API', retryAfter: 5 },
  'credentials-unavailable': { status: 503, title: 'The API cannot get a token for Temporal', retryAfter: 5 },
  'keys-unavailable': { status: 503, title: 'The keys to check access tokens with cannot be had', retryAfter: 5 },
  'no-worker': { status: 504, title: 'No worker answered in time', retryAfter: 5 },
  timeout: { status: 504, title: 'Temporal did not answer in time', retryAfter: 2 },
} as const satisfies Record<string, ProblemDefinition>

export type ProblemSlug = keyof typeof PROBLEMS

/** The definition of a problem, with the fields that not all have. */
export function problemDefinition(slug: ProblemSlug): ProblemDefinition {
  return PROBLEMS[slug]
}
