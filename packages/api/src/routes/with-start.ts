import type { AnySchema, JsonSchema, SignalDefinition, UpdateDefinition } from '@sundial/contract'
import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { ApiContext } from '../api-context.ts'
import { requireAccess } from '../auth/access.ts'
import { mayName } from '../auth/tenant.ts'
import { problem } from '../http/api-problem.ts'
import { readParts } from '../http/input.ts'
import { preferredWait } from '../http/prefer.ts'
import { pascalCase } from '../openapi/names.ts'
import { requestHash, startIdentity } from '../temporal/start-identity.ts'
import { awaitUpdate } from '../temporal/updates.ts'
import { signalWithStart, updateWithStart, type WithStartOptions } from '../temporal/with-start.ts'
import { operation, type OperationRoute } from './operation.ts'
import { header, IDEMPOTENCY_KEY, pathParameter, PREFER, WORKFLOW_ID } from './parameters.ts'
import { json, stillRunning } from './responses.ts'
import { DEFAULT_WAIT_SECONDS } from './update.ts'
import { locationOf, type WorkflowView } from './workflow-view.ts'

const RUN: JsonSchema = { $ref: '#/components/schemas/Run' }

/** Sends a signal to the workflow of the id, which is started first if it does not run. */
export function signalWithStartRoute(api: ApiContext, view: WorkflowView, [signal, definition]: readonly [string, SignalDefinition]): OperationRoute {
  const { common, read } = withStart(api, view, { kind: 'signal', member: 'signal', name: signal, input: definition.input })
  return operation({
    ...common,
    operationId: `signalWithStart${view.name}${pascalCase(signal)}`,
    summary: `${definition.description ?? `Signal "${signal}"`}; started first if it does not run`,
    headers: { 'Idempotency-Key': IDEMPOTENCY_KEY },
    responses: { 202: json('The workflow will get it.', RUN, ['location']) },
    problems: ['already-started', 'invalid-argument'],
    async handle(request, reply) {
      const options = await read(request)
      const { workflowId } = options.identity
      const runId = await signalWithStart(api, request, options)
      return reply.code(202).header('location', locationOf(view, workflowId)).send({ workflowId, runId })
    },
  })
}

/** Sends an update to the workflow of the id, which is started first if it does not run. */
export function updateWithStartRoute(api: ApiContext, view: WorkflowView, [update, definition]: readonly [string, UpdateDefinition]): OperationRoute {
  const { common, read } = withStart(api, view, { kind: 'update', member: 'update', name: update, input: definition.input })
  const state: JsonSchema = { $ref: `#/components/schemas/${view.name}${pascalCase(update)}UpdateState` }
  return operation({
    ...common,
    operationId: `updateWithStart${view.name}${pascalCase(update)}`,
    summary: `${definition.description ?? `Update "${update}"`}; started first if it does not run`,
    headers: { 'Idempotency-Key': IDEMPOTENCY_KEY, Prefer: PREFER },
    responses: {
      200: json('The workflow has carried it out.', state, ['preference-applied']),
      202: json('The workflow has accepted it, and works on it.', state, ['location', 'retry-after', 'preference-applied']),
    },
    problems: ['already-started', 'update-rejected', 'no-worker', 'invalid-argument', 'unexpected-answer'],
    declared: view.declared,
    async handle(request, reply) {
      const options = await read(request)
      const { workflowId } = options.identity
      const handle = await updateWithStart(api, request, options)
      const wait = preferredWait(request.headers.prefer)
      if (wait !== undefined) reply.header('preference-applied', `wait=${wait}`)
      const waitMs = (wait ?? DEFAULT_WAIT_SECONDS) * 1000
      const outcome = await awaitUpdate(api, request, { handle, workflow: view.definition, update: definition, waitMs })
      const about = { workflowId, runId: handle.workflowRunId, updateId: handle.updateId }
      if (outcome.done) return { ...about, status: 'COMPLETED', result: outcome.result }
      return stillRunning(reply, `${locationOf(view, workflowId)}/updates/${encodeURIComponent(update)}/${handle.updateId}`).send({
        ...about,
        status: 'ACCEPTED',
      })
    },
  })
}

interface Message {
  readonly kind: 'signal' | 'update'
  /** The member of the body that has its input. */
  readonly member: string
  readonly name: string
  readonly input: AnySchema
}

/** What both kinds have in common: their place, who may, and how a body with two parts is read. */
function withStart(api: ApiContext, view: WorkflowView, { kind, member, name, input }: Message) {
  const { type, definition } = view
  const messageName = `${view.name}${pascalCase(name)}${pascalCase(kind)}`
  const scopes = [definition.access.start, definition.access[kind]]
  const body: JsonSchema = {
    type: 'object',
    required: ['start', member],
    properties: { start: { $ref: `#/components/schemas/${view.name}Input` }, [member]: { $ref: `#/components/schemas/${messageName}` } },
  }
  const common = {
    kind,
    method: 'POST',
    url: `${view.path}/:workflowId/${kind}-with-start/${encodeURIComponent(name)}`,
    tag: type,
    access: requireAccess(api, definition.access, ['start', kind]),
    // Both are needed; the document shows them together.
    scope: scopes.includes(undefined) ? undefined : scopes.join(' '),
    pathParameters: WORKFLOW_ID,
    body: { schema: body },
  } as const

  async function read(request: FastifyRequest): Promise<WithStartOptions> {
    const parts = await readParts({ start: definition.input, [member]: input }, request.body)
    const workflowId = pathParameter(request.params, 'workflowId')
    if (!mayName(request.tenant, workflowId)) throw problem('forbidden', `the ids of this tenant's workflows begin with "${request.tenant?.idPrefix}"`)
    const subject = request.caller?.subject ?? ''
    const idempotencyKey = header(request.headers['idempotency-key'])
    const identity = startIdentity({ type, subject, workflowId, idempotencyKey })
    const requestId = idempotencyKey === undefined ? randomUUID() : requestHash(subject, name, idempotencyKey)
    return { view, identity, subject, body: request.body, input: parts['start'], message: { name, input: parts[member] }, requestId }
  }
  return { common, read }
}
