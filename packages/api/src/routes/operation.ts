import type { JsonSchema } from '@sundial/contract'
import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler, RouteOptions } from 'fastify'
import type { ProblemSlug } from '../http/problems.ts'
import { type DeclaredProblem, problemResponses, type ResponseDocument } from '../openapi/problem-responses.ts'

/** What a route does to a workflow; the same error of Temporal can mean different things to different ones. */
export type OperationKind = 'start' | 'describe' | 'result' | 'signal' | 'query' | 'update' | 'cancel' | 'terminate' | 'reset' | 'list' | 'schedule' | 'events'

/** A route and its description, in one. */
export interface OperationOptions {
  readonly kind: OperationKind
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly tag: string
  /** Lets callers in, or not. */
  readonly access: onRequestAsyncHookHandler | onRequestAsyncHookHandler[]
  /** The scope, for the document; of several, any will do, and of several in one text all are needed. None: nobody is let in, and the operation is not in the document. */
  readonly scope: string | readonly string[] | undefined
  /** By name. Checked by the framework, like the headers. */
  readonly query?: Readonly<Record<string, JsonSchema>>
  readonly headers?: Readonly<Record<string, JsonSchema>>
  readonly pathParameters?: Readonly<Record<string, JsonSchema>>
  readonly body?: { readonly schema: JsonSchema; readonly optional?: boolean }
  readonly responses: Readonly<Record<string, ResponseDocument>>
  /** Those that this operation has beyond the common ones. */
  readonly problems: readonly ProblemSlug[]
  readonly declared?: readonly DeclaredProblem[]
  handle(request: FastifyRequest, reply: FastifyReply): Promise<unknown>
}

/** What the framework gets, with its hooks still open to more. */
export interface OperationRoute extends RouteOptions {
  readonly onRequest: onRequestAsyncHookHandler[]
}

const COMMON: readonly ProblemSlug[] = [
  'malformed-request',
  'unauthenticated',
  'forbidden',
  'request-timeout',
  'validation',
  'rate-limited',
  'throttled',
  // A parameter of the query may be as long as the document says, and then each of its bytes may take three.
  'headers-too-large',
  'internal',
  'upstream-denied',
  'upstream-error',
  'overloaded',
  'unavailable',
  'namespace-unavailable',
  'credentials-unavailable',
  'keys-unavailable',
  'timeout',
]
const OF_PATHS: readonly ProblemSlug[] = ['not-found', 'uri-too-long']
const OF_BODIES: readonly ProblemSlug[] = ['payload-too-large', 'unsupported-media-type']

/** What changes nothing, also when it has a body. */
const READS: ReadonlySet<OperationKind> = new Set<OperationKind>(['describe', 'result', 'query', 'list', 'events'])

/** The framework's form of an operation. */
export function operation(options: OperationOptions): OperationRoute {
  const { kind, method, url, operationId, summary, description, tag, scope, query, headers, pathParameters, body, responses } = options
  const scopes = [scope ?? []].flat()
  const problems = [...COMMON, ...(pathParameters ? OF_PATHS : []), ...(body ? OF_BODIES : []), ...options.problems]
  const schema = {
    hide: scopes.length === 0,
    operationId,
    summary,
    description: [description, scopesText(scopes)].filter(Boolean).join('\n\n'),
    tags: [tag],
    security: scopes.map((each) => ({ bearer: each.split(' ') })),
    // A parameter that is not understood may be a misspelt filter: better refused than ignored.
    querystring: { type: 'object', additionalProperties: false, properties: query ?? {} },
    ...(headers && { headers: { type: 'object', properties: headers } }),
    ...(pathParameters && { params: { type: 'object', required: Object.keys(pathParameters), properties: pathParameters } }),
    response: { ...responses, ...problemResponses([...new Set(problems)], options.declared) },
  }
  return {
    method,
    url,
    schema,
    config: {
      operation: kind,
      operationId,
      write: method !== 'GET' && !READS.has(kind),
      ...(body && { body: body.schema, optionalBody: body.optional ?? false }),
    },
    onRequest: [options.access].flat(),
    handler: (request, reply) => options.handle(request, reply),
  }
}

/** For people: tools that show the document leave the scopes of bearer tokens out. */
function scopesText(scopes: readonly string[]): string {
  const ways = scopes.map((each) =>
    each
      .split(' ')
      .map((scope) => `\`${scope}\``)
      .join(' and '),
  )
  return ways.length === 0 ? '' : `Needs the scope ${ways.join(' or ')}.`
}
