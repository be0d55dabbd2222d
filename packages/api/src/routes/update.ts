import type { UpdateDefinition } from '@sundial/contract'
import { randomUUID } from 'node:crypto'
import type { ApiContext } from '../api-context.ts'
import { requireAccess } from '../auth/access.ts'
import { readInput } from '../http/input.ts'
import { preferredWait } from '../http/prefer.ts'
import { pascalCase } from '../openapi/names.ts'
import { onRun } from '../temporal/runs.ts'
import { requestHash } from '../temporal/start-identity.ts'
import { awaitUpdate, sendUpdate } from '../temporal/updates.ts'
import { operation, type OperationRoute } from './operation.ts'
import { header, IDEMPOTENCY_KEY, pathParameter, PREFER, WORKFLOW_ID } from './parameters.ts'
import { json, stillRunning } from './responses.ts'
import { updateSchema } from './update-state.ts'
import { locationOf, type WorkflowView } from './workflow-view.ts'

/** Seconds to wait for the result of an update when the caller does not say. */
export const DEFAULT_WAIT_SECONDS = 10

export function updateRoute(api: ApiContext, view: WorkflowView, [update, definition]: readonly [string, UpdateDefinition]): OperationRoute {
  const { type, components } = view
  const name = `${view.name}${pascalCase(update)}`
  const scope = view.definition.access.update
  const schema = updateSchema(view, update, definition)
  return operation({
    kind: 'update',
    method: 'POST',
    url: `${view.path}/:workflowId/updates/${encodeURIComponent(update)}`,
    operationId: `update${name}`,
    summary: definition.description ?? `Update "${update}"`,
    tag: type,
    access: requireAccess(api, view.definition.access, 'update'),
    scope,
    pathParameters: WORKFLOW_ID,
    headers: { 'Idempotency-Key': IDEMPOTENCY_KEY, Prefer: PREFER },
    body: { schema: components.addContract(`${name}Update`, definition.input, { path: `workflows.${type}.updates.${update}.input`, side: 'input' }) },
    responses: {
      200: json('The workflow has carried it out.', schema, ['preference-applied']),
      202: json('The workflow has accepted it, and works on it.', schema, ['location', 'retry-after', 'preference-applied']),
    },
    problems: ['already-closed', 'update-rejected', 'no-worker', 'invalid-argument', 'unexpected-answer'],
    declared: view.declared,
    async handle(request, reply) {
      const input = await readInput(definition.input, request.body)
      const workflowId = pathParameter(request.params, 'workflowId')
      const key = header(request.headers['idempotency-key'])
      const updateId = key === undefined ? randomUUID() : requestHash(request.caller?.subject ?? '', update, key)
      const accepted = await onRun(api, request, {
        type,
        workflowId,
        act: ({ runId }) => sendUpdate(api, request, { workflowId, runId, update, input, updateId }),
      })
      const wait = preferredWait(request.headers.prefer)
      if (wait !== undefined) reply.header('preference-applied', `wait=${wait}`)
      const outcome = await awaitUpdate(api, request, {
        handle: accepted,
        workflow: view.definition,
        update: definition,
        waitMs: (wait ?? DEFAULT_WAIT_SECONDS) * 1000,
      })
      const about = { workflowId, runId: accepted.workflowRunId, updateId }
      if (outcome.done) return { ...about, status: 'COMPLETED', result: outcome.result }
      return stillRunning(reply, `${locationOf(view, workflowId)}/updates/${encodeURIComponent(update)}/${updateId}`).send({ ...about, status: 'ACCEPTED' })
    },
  })
}
