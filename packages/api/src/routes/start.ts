import type { JsonSchema } from '@sundial/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ApiContext } from '../api-context.ts'
import { requireAccess } from '../auth/access.ts'
import { mayName } from '../auth/tenant.ts'
import { problem } from '../http/api-problem.ts'
import { readInput } from '../http/input.ts'
import { preferredWait } from '../http/prefer.ts'
import type { ProblemSlug } from '../http/problems.ts'
import { awaitResult } from '../temporal/result.ts'
import { startWorkflow } from '../temporal/start.ts'
import { fingerprint, startIdentity } from '../temporal/start-identity.ts'
import { operation, type OperationRoute } from './operation.ts'
import { header, IDEMPOTENCY_KEY, pathParameter, PREFER, WORKFLOW_ID } from './parameters.ts'
import { json, stillRunning } from './responses.ts'
import { locationOf, type WorkflowView } from './workflow-view.ts'

const WORKFLOW_ID_HEADER = {
  type: 'string',
  pattern: '^[\\x21-\\x7e]([\\x20-\\x7e]{0,253}[\\x21-\\x7e])?$',
  description: 'The id that the workflow shall have. Without it, one is made: from the Idempotency-Key if there is one.',
}

const PROBLEMS: readonly ProblemSlug[] = [
  'already-started',
  'idempotency-mismatch',
  'invalid-argument',
  'workflow-failed',
  'workflow-timed-out',
  'workflow-cancelled',
  'workflow-terminated',
  'unexpected-answer',
]

/** POST starts a workflow; PUT makes sure that the one with the id in the path was started. */
export function startRoutes(api: ApiContext, view: WorkflowView): OperationRoute[] {
  const { type, name, definition, components } = view
  const scope = definition.access.start
  const schema = components.addContract(`${name}Input`, definition.input, { path: `workflows.${type}.input`, side: 'input' })
  const common = {
    kind: 'start',
    tag: type,
    access: requireAccess(api, definition.access, 'start'),
    scope,
    body: { schema },
    responses: {
      200: json('The same request has started it before; or, with `Prefer: wait`, it is done.', view.execution, ['location', 'preference-applied']),
      201: json('Started.', view.execution, ['location']),
      202: json('Started, and still running after the wait.', view.execution, ['location', 'retry-after', 'preference-applied']),
    },
    problems: PROBLEMS,
    declared: view.declared,
  } as const
  const post = operation({
    ...common,
    method: 'POST',
    url: view.path,
    operationId: `start${name}`,
    summary: `Start: ${definition.description}`,
    headers: { 'Idempotency-Key': IDEMPOTENCY_KEY, 'Workflow-Id': WORKFLOW_ID_HEADER, Prefer: PREFER },
    handle: (request, reply) => start(api, view, { request, reply, workflowId: header(request.headers['workflow-id']) }),
  })
  const put = operation({
    ...common,
    method: 'PUT',
    url: `${view.path}/:workflowId`,
    operationId: `put${name}`,
    summary: `Start once: ${definition.description}`,
    description:
      'Starts the workflow with this id, or finds that the same body has started it before, however often it is sent. For another run of a workflow that is closed, send an Idempotency-Key that is new; the contract says whether there may be one.',
    pathParameters: WORKFLOW_ID,
    headers: { 'Idempotency-Key': IDEMPOTENCY_KEY, Prefer: PREFER } satisfies Record<string, JsonSchema>,
    async handle(request, reply) {
      const workflowId = pathParameter(request.params, 'workflowId')
      return start(api, view, { request, reply, workflowId, impliedKey: `PUT ${workflowId} ${fingerprint(request.body)}` })
    },
  })
  return [post, put]
}

interface StartRequest {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly workflowId: string | undefined
  /** The Idempotency-Key of a request that has none. */
  readonly impliedKey?: string
}

async function start(api: ApiContext, view: WorkflowView, { request, reply, impliedKey, workflowId: wanted }: StartRequest): Promise<unknown> {
  const { type, definition } = view
  const input = await readInput(definition.input, request.body)
  const { headers } = request
  const subject = request.caller?.subject ?? ''
  const { tenant } = request
  if (wanted !== undefined && !mayName(tenant, wanted)) throw problem('forbidden', `the ids of this tenant's workflows begin with "${tenant?.idPrefix}"`)
  const idempotencyKey = header(headers['idempotency-key']) ?? impliedKey
  const identity = startIdentity({ type, subject, workflowId: wanted, idempotencyKey, idPrefix: tenant?.idPrefix })
  const { workflowId, runId, started, status } = await startWorkflow(api, request, { view, identity, subject, body: request.body, input })
  const location = locationOf(view, workflowId)
  const wait = preferredWait(headers.prefer)
  if (wait === undefined)
    return reply
      .code(started ? 201 : 200)
      .header('location', location)
      .send({ workflowId, runId, status })
  reply.header('preference-applied', `wait=${wait}`)
  const outcome = await awaitResult(api, request, { workflowId, runId, definition, waitMs: wait * 1000 })
  if (outcome.done) return reply.code(200).header('location', location).send({ workflowId, runId, status: 'COMPLETED', result: outcome.result })
  return stillRunning(reply, `${location}/result`).send({ workflowId, runId, status })
}
