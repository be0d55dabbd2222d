import type { JsonSchema, QueryDefinition } from '@sundial/contract'
import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import type { ApiContext } from '../api-context.ts'
import { requireAccess } from '../auth/access.ts'
import { ApiProblem, problem } from '../http/api-problem.ts'
import { event, EVENT_STREAM, heart, HEARTBEAT, pause, STREAM_HEAD } from '../http/event-stream.ts'
import { lookAtProgress, type Progress, type ProgressOptions } from '../temporal/progress.ts'
import { STATUS_NAMES } from '../temporal/statuses.ts'
import { toProblem } from '../http/problem-handler.ts'
import { operation, type OperationRoute } from './operation.ts'
import { header, pathParameter, WORKFLOW_ID } from './parameters.ts'
import { empty } from './responses.ts'
import type { WorkflowView } from './workflow-view.ts'

/** Milliseconds between two looks at a workflow, and what is added at random, so that many streams do not look at once. */
const LOOK_MS = 1000
const JITTER_MS = 500

/** A stream of server-sent events: where the workflow stands, now and whenever that changes, until it has ended. */
export function eventsRoute(api: ApiContext, view: WorkflowView): OperationRoute {
  const { type, name, definition, components } = view
  const query = progressQuery(view)
  const progress: JsonSchema | undefined = query && { $ref: `#/components/schemas/${name}Progress` }
  if (query) components.addContract(`${name}Progress`, query[1].output, { path: `workflows.${type}.queries.${query[0]}.output`, side: 'output' })
  const data = components.add(`${name}Event`, {
    type: 'object',
    required: ['workflowId', 'runId', 'status'],
    properties: {
      workflowId: { type: 'string' },
      runId: { type: 'string' },
      status: { type: 'string', enum: [...STATUS_NAMES, 'UNKNOWN'] },
      ...(progress && { progress }),
    },
  })
  return operation({
    kind: 'events',
    method: 'GET',
    url: `${view.path}/:workflowId/events`,
    operationId: `follow${name}`,
    summary: `Follow: ${definition.description}`,
    description: `Server-sent events. The data of each is JSON, of the schema ${name}Event. The stream ends with the workflow, or with the access token; a client that comes back with \`Last-Event-ID\` gets what it has not seen, or 204 when it has seen the end.`,
    tag: type,
    access: requireAccess(api, definition.access, 'read'),
    scope: definition.access.read,
    pathParameters: WORKFLOW_ID,
    headers: { 'Last-Event-ID': { type: 'string', maxLength: 200, description: 'The id of the last event that the client has seen.' } },
    responses: {
      200: {
        description: 'The events.',
        content: { [EVENT_STREAM]: { schema: eventOf(data) } },
      },
      204: empty('The client has seen the end.'),
    },
    problems: ['too-many-streams', 'invalid-argument'],
    async handle(request, reply) {
      const release = api.streams.take(request.caller?.subject ?? '')
      if (!release) throw problem('too-many-streams', 'this caller has too many streams open; close one first')
      try {
        const seen = header(request.headers['last-event-id'])
        const reference = { type, workflowId: pathParameter(request.params, 'workflowId'), query }
        // Problems, such as a workflow that is not there, are still answers now.
        const first = await lookAtProgress(api, request, { ...reference, before: seen })
        if (!first && (await hasEnded(api, request, reference))) {
          release()
          return await reply.code(204).send()
        }
        request.raw.once('close', release)
        return await reply
          .type(EVENT_STREAM)
          .header('x-accel-buffering', 'no')
          .send(Readable.from(follow(api, request, { ...reference, first, seen })))
      } catch (error) {
        release()
        throw error
      }
    },
  })
}

/** One event of the stream, as those read it that can: its data is JSON in a text. */
function eventOf(data: JsonSchema): JsonSchema {
  const properties = { id: { type: 'string' }, data: { type: 'string', contentMediaType: 'application/json', contentSchema: data } }
  return { type: 'object', description: 'One event of the stream.', required: ['data'], properties }
}

function progressQuery({ definition: { http, queries = {} } }: WorkflowView): [string, QueryDefinition] | undefined {
  const name = typeof http === 'object' ? http.progress : undefined
  const query = name === undefined ? undefined : queries[name]
  return name !== undefined && query ? [name, query] : undefined
}

async function hasEnded(api: ApiContext, request: FastifyRequest, reference: ProgressOptions): Promise<boolean> {
  return (await lookAtProgress(api, request, { type: reference.type, workflowId: reference.workflowId }))?.ended ?? false
}

interface FollowOptions extends ProgressOptions {
  readonly first: Progress | undefined
  readonly seen: string | undefined
}

async function* follow(api: ApiContext, request: FastifyRequest, { first, seen, ...reference }: FollowOptions): AsyncGenerator<string> {
  const over = [request.gone, api.stopping]
  const pulse = heart()
  let next = first
  let before = seen
  yield STREAM_HEAD
  while (!over.some(({ aborted }) => aborted) && isCurrent(request)) {
    if (next) {
      yield event(next.id, next.data)
      pulse.sent()
      if (next.ended) return
      before = next.id
    }
    if (pulse.due()) {
      yield HEARTBEAT
      pulse.sent()
    }
    await pause(LOOK_MS + Math.random() * JITTER_MS, over)
    const found = await lookAgain(api, request, { ...reference, before })
    if (found === null) return
    next = found
  }
}

/** What is there now; nothing while it has not moved or Temporal is away, and `null` when it is not there any more. */
async function lookAgain(api: ApiContext, request: FastifyRequest, options: ProgressOptions): Promise<Progress | undefined | null> {
  try {
    return await lookAtProgress(api, request, options)
  } catch (error) {
    const found = error instanceof ApiProblem ? error : toProblem(error, request)
    if (!found.retryable) request.log.warn({ err: error }, 'a stream of events was ended')
    return found.retryable ? undefined : null
  }
}

/** A stream must not outlive what allowed it. */
function isCurrent({ caller }: FastifyRequest): boolean {
  return Date.now() / 1000 < (caller?.claims.exp ?? 0)
}
