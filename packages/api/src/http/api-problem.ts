import { problemDefinition, type ProblemSlug } from './problems.ts'

/** One thing that is wrong with a request: in its body (a JSON pointer, as a URI fragment) or in a parameter. */
export type ProblemError = { readonly pointer: string; readonly detail: string } | { readonly parameter: string; readonly detail: string }

/** The members of a problem beyond those of RFC 9457. */
export interface ProblemExtensions {
  readonly errors?: readonly ProblemError[]
  readonly workflowId?: string
  readonly runId?: string
  /** What became of the workflow. */
  readonly workflowStatus?: string
  /** An error that the contract declares. */
  readonly error?: { readonly name: string; readonly data?: unknown }
}

interface ProblemOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly extensions?: ProblemExtensions
  readonly cause?: unknown
}

/** An answer that is a problem. Throw it anywhere in a handler; the error handler writes it as `application/problem+json`. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  /** The last part of the problem's `type`. */
  readonly slug: string
  readonly status: number
  readonly title: string
  readonly headers: Readonly<Record<string, string>>
  readonly extensions: ProblemExtensions
  /** Whether the same request may succeed later. */
  readonly retryable: boolean

  constructor(
    definition: { readonly slug: string; readonly status: number; readonly title: string; readonly retryAfter?: number; readonly retryable?: boolean },
    detail: string,
    options: ProblemOptions = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause })
    this.slug = definition.slug
    this.status = definition.status
    this.title = definition.title
    this.headers = { ...(definition.retryAfter !== undefined && { 'retry-after': String(definition.retryAfter) }), ...options.headers }
    this.extensions = options.extensions ?? {}
    this.retryable = definition.retryable ?? 'retry-after' in this.headers
  }
}

/** A problem of the catalogue. `detail` is about this occurrence and is shown to the caller. */
export function problem(slug: ProblemSlug, detail: string, options: ProblemOptions = {}): ApiProblem {
  return new ApiProblem({ slug, ...problemDefinition(slug) }, detail, options)
}

/** The body of RFC 9457. */
export function problemBody(
  found: ApiProblem,
  about: { instance: string; requestId: string; traceId?: string; workflowId?: string; runId?: string },
): Record<string, unknown> {
  const { instance, ...ids } = about
  return {
    type: `urn:sundial:problem:${found.slug}`,
    title: found.title,
    status: found.status,
    detail: found.message,
    instance,
    retryable: found.retryable,
    ...ids,
    ...found.extensions,
  }
}
