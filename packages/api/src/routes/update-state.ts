import type { JsonSchema, UpdateDefinition } from '@sundial/contract'
import type { ApiContext } from '../api-context.ts'
import { requireAccess } from '../auth/access.ts'
import { pascalCase } from '../openapi/names.ts'
import { findRun } from '../temporal/runs.ts'
import { awaitUpdate } from '../temporal/updates.ts'
import { operation, type OperationRoute } from './operation.ts'
import { MAX_ID_LENGTH, pathParameter, queryOf, wait, WORKFLOW_ID } from './parameters.ts'
import { json, stillRunning } from './responses.ts'
import { locationOf, type WorkflowView } from './workflow-view.ts'

/** The answer about an update. */
export function updateSchema({ name, type, components }: WorkflowView, update: string, { output }: UpdateDefinition): JsonSchema {
  const result = components.addContract(`${name}${pascalCase(update)}UpdateResult`, output, {
    path: `workflows.${type}.updates.${update}.output`,
    side: 'output',
  })
  return components.add(`${name}${pascalCase(update)}UpdateState`, {
    type: 'object',
    required: ['workflowId', 'updateId', 'status'],
    properties: {
      workflowId: { type: 'string' },
      runId: { type: 'string' },
      updateId: { type: 'string' },
      status: { type: 'string', enum: ['ACCEPTED', 'COMPLETED'] },
      result,
    },
  })
}

/** Where an update that was accepted stands: what the `Location` of a 202 names. */
export function updateStateRoute(api: ApiContext, view: WorkflowView, [update, definition]: readonly [string, UpdateDefinition]): OperationRoute {
  const { type } = view
  const name = `${view.name}${pascalCase(update)}`
  const scope = view.definition.access.update
  const url = `${view.path}/:workflowId/updates/${encodeURIComponent(update)}/:updateId`
  return operation({
    kind: 'update',
    method: 'GET',
    url,
    operationId: `get${name}Update`,
    summary: `Result of: ${definition.description ?? update}`,
    tag: type,
    access: requireAccess(api, view.definition.access, 'update'),
    scope,
    pathParameters: { ...WORKFLOW_ID, updateId: { type: 'string', minLength: 1, maxLength: MAX_ID_LENGTH } },
    query: { wait: { ...wait(1), minimum: 1 } },
    responses: {
      200: json('The workflow has carried it out.', { $ref: `#/components/schemas/${name}UpdateState` }),
      202: json('The workflow works on it.', { $ref: `#/components/schemas/${name}UpdateState` }, ['location', 'retry-after']),
    },
    problems: ['update-rejected', 'invalid-argument', 'unexpected-answer'],
    declared: view.declared,
    async handle(request, reply) {
      const workflowId = pathParameter(request.params, 'workflowId')
      const updateId = pathParameter(request.params, 'updateId')
      const { runId } = await findRun(api, request, { type, workflowId })
      const handle = api.temporal.client.workflow.getHandle(workflowId, runId).getUpdateHandle(updateId)
      const outcome = await awaitUpdate(api, request, {
        handle,
        workflow: view.definition,
        update: definition,
        waitMs: queryOf<{ wait: number }>(request.query).wait * 1000,
      })
      if (outcome.done) return { workflowId, runId, updateId, status: 'COMPLETED', result: outcome.result }
      return stillRunning(reply, `${locationOf(view, workflowId)}/updates/${encodeURIComponent(update)}/${encodeURIComponent(updateId)}`).send({
        workflowId,
        runId,
        updateId,
        status: 'ACCEPTED',
      })
    },
  })
}
