import type { JsonSchema } from '@sundial/contract'
import { randomUUID } from 'node:crypto'
import type { ApiContext } from '../api-context.ts'
import { requireAccess } from '../auth/access.ts'
import { problem } from '../http/api-problem.ts'
import { resetWorkflow, type ResetPoint } from '../temporal/reset.ts'
import { findRun } from '../temporal/runs.ts'
import { requestHash } from '../temporal/start-identity.ts'
import { readReason, reasonOf, MAX_REASON_LENGTH } from './end.ts'
import { operation, type OperationRoute } from './operation.ts'
import { header, IDEMPOTENCY_KEY, pathParameter, WORKFLOW_ID } from './parameters.ts'
import { json } from './responses.ts'
import { locationOf, type WorkflowView } from './workflow-view.ts'

/** Where to go back to, and why. */
export const RESET_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['to'],
  additionalProperties: false,
  properties: {
    to: {
      description: '`first`: before everything that it did; `last`: before what it did last; or the number of an event that ends a workflow task.',
      anyOf: [{ enum: ['first', 'last'] }, { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER }],
    },
    reason: { type: 'string', maxLength: MAX_REASON_LENGTH, description: 'For people who look at the workflow later.' },
  },
}

/** Goes back to an earlier point of the history, as after the repair of a fault in the workflow. */
export function resetRoute(api: ApiContext, view: WorkflowView): OperationRoute {
  const { type, name, definition } = view
  const scope = definition.access.reset
  return operation({
    kind: 'reset',
    method: 'POST',
    url: `${view.path}/:workflowId/reset`,
    operationId: `reset${name}`,
    summary: `Go back: ${definition.description}`,
    description:
      'Ends the run if it still runs, and starts another with the same id that has its history up to the point. What activities did outside is not undone.',
    tag: type,
    access: requireAccess(api, definition.access, 'reset'),
    scope,
    pathParameters: WORKFLOW_ID,
    headers: { 'Idempotency-Key': IDEMPOTENCY_KEY },
    body: { schema: { $ref: '#/components/schemas/Reset' } },
    responses: { 200: json('The run that goes on.', { $ref: '#/components/schemas/Run' }, ['location']) },
    problems: ['invalid-argument'],
    async handle(request, reply) {
      const { to, reason } = readReset(request.body)
      const workflowId = pathParameter(request.params, 'workflowId')
      const { runId } = await findRun(api, request, { type, workflowId })
      const key = header(request.headers['idempotency-key'])
      const requestId = key === undefined ? randomUUID() : requestHash(request.caller?.subject ?? '', 'reset', key)
      const next = await resetWorkflow(api, request, { workflowId, runId, to, reason: reasonOf(request, reason), requestId, repeatable: key !== undefined })
      request.execution = { workflowId, runId: next }
      return reply.header('location', locationOf(view, workflowId)).send({ workflowId, runId: next })
    },
  })
}

function readReset(body: unknown): { to: ResetPoint; reason: string | undefined } {
  const { to, ...rest } = (typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {}) as Record<string, unknown>
  const isPoint = to === 'first' || to === 'last' || (Number.isSafeInteger(to) && (to as number) > 0)
  if (!isPoint)
    throw problem('validation', 'the body does not match its schema', {
      extensions: { errors: [{ pointer: '#/to', detail: 'must be "first", "last", or the number of an event' }] },
    })
  return { to: to as ResetPoint, reason: readReason(rest) }
}
