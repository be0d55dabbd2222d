import type { JsonSchema } from '@sundial/contract'
import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { ApiContext } from '../api-context.ts'
import { requireAccess } from '../auth/access.ts'
import { problem } from '../http/api-problem.ts'
import { onRun } from '../temporal/runs.ts'
import { operation, type OperationRoute } from './operation.ts'
import { pathParameter, WORKFLOW_ID } from './parameters.ts'
import { empty } from './responses.ts'
import type { WorkflowView } from './workflow-view.ts'

export const MAX_REASON_LENGTH = 1000

/** Why a workflow is cancelled or terminated. */
export const REASON_SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: { reason: { type: 'string', maxLength: MAX_REASON_LENGTH, description: 'For people who look at the workflow later.' } },
}

/** Asks a workflow to end. It may clean up first, or refuse. */
export function cancelRoute(api: ApiContext, view: WorkflowView): OperationRoute {
  const { client, namespace } = api.temporal
  return endRoute(api, view, {
    kind: 'cancel',
    summary: `Ask to stop: ${view.definition.description}`,
    responses: { 202: empty('The workflow will be asked. One that is closed stays as it is.') },
    // The SDK's handle takes no reason.
    act: ({ workflowId, runId, reason }) =>
      client.workflowService.requestCancelWorkflowExecution({
        namespace,
        workflowExecution: { workflowId, runId },
        requestId: randomUUID(),
        identity: client.options.identity,
        reason,
      }),
  })
}

/** Ends a workflow at once; its code does not run any more. */
export function terminateRoute(api: ApiContext, view: WorkflowView): OperationRoute {
  const { client } = api.temporal
  return endRoute(api, view, {
    kind: 'terminate',
    summary: `End at once, without cleaning up: ${view.definition.description}`,
    responses: { 204: empty('It has ended.') },
    act: ({ workflowId, runId, reason }) => client.workflow.getHandle(workflowId, runId).terminate(reason),
  })
}

interface End {
  readonly kind: 'cancel' | 'terminate'
  readonly summary: string
  readonly responses: Readonly<Record<string, ReturnType<typeof empty>>>
  act(run: { workflowId: string; runId: string; reason: string }): Promise<unknown>
}

function endRoute(api: ApiContext, view: WorkflowView, { kind, summary, responses, act }: End): OperationRoute {
  const scope = view.definition.access[kind]
  return operation({
    kind,
    method: 'POST',
    url: `${view.path}/:workflowId/${kind}`,
    operationId: `${kind}${view.name}`,
    summary,
    tag: view.type,
    access: requireAccess(api, view.definition.access, kind),
    scope,
    pathParameters: WORKFLOW_ID,
    body: { schema: { $ref: '#/components/schemas/Reason' }, optional: true },
    responses,
    problems: ['already-closed', 'invalid-argument'],
    async handle(request, reply) {
      const reason = reasonOf(request, readReason(request.body))
      const workflowId = pathParameter(request.params, 'workflowId')
      await onRun(api, request, {
        type: view.type,
        workflowId,
        act: ({ runId }) => api.temporal.call(() => act({ workflowId, runId, reason }), { signal: request.gone }),
      })
      return reply.code(Number(Object.keys(responses)[0])).send()
    },
  })
}

/** What Temporal is told: who did it is worth knowing when there is no reason, too. */
export function reasonOf({ caller }: FastifyRequest, reason: string | undefined): string {
  return [reason, `by ${caller?.subject}`].filter(Boolean).join(', ')
}

/** The reason in a body that may have nothing else in it. */
export function readReason(body: unknown): string | undefined {
  if (body === undefined) return undefined
  const { reason, ...rest } = (typeof body === 'object' && body !== null && !Array.isArray(body) ? body : { notAnObject: body }) as Record<string, unknown>
  const errors = [
    ...Object.keys(rest).map((key) => ({
      pointer: key === 'notAnObject' ? '#' : `#/${encodeURIComponent(key)}`,
      detail: 'only an object with "reason" is allowed here',
    })),
    ...(reason === undefined || (typeof reason === 'string' && reason.length <= MAX_REASON_LENGTH)
      ? []
      : [{ pointer: '#/reason', detail: `must be a text of at most ${MAX_REASON_LENGTH} characters` }]),
  ]
  if (errors.length > 0) throw problem('validation', 'the body does not match its schema', { extensions: { errors } })
  return reason as string | undefined
}
