import type { QueryDefinition } from '@sundial/contract'
import type { ApiContext } from '../api-context.ts'
import { requireAccess } from '../auth/access.ts'
import { problem } from '../http/api-problem.ts'
import { readInput } from '../http/input.ts'
import { readOutput } from '../http/output.ts'
import { pascalCase } from '../openapi/names.ts'
import { findRun } from '../temporal/runs.ts'
import { operation, type OperationRoute } from './operation.ts'
import { pathParameter, queryOf, WORKFLOW_ID } from './parameters.ts'
import { json } from './responses.ts'
import type { WorkflowView } from './workflow-view.ts'

/** Milliseconds for a worker to answer: a query is a look, and may have to replay the workflow first. */
const QUERY_MS = 5000

/** GET for a query without input, POST for one with. */
export function queryRoute(api: ApiContext, view: WorkflowView, [query, definition]: readonly [string, QueryDefinition]): OperationRoute {
  const { type, components } = view
  const name = `${view.name}${pascalCase(query)}`
  const scope = view.definition.access.read
  const path = `workflows.${type}.queries.${query}`
  const result = components.addContract(`${name}Result`, definition.output, { path: `${path}.output`, side: 'output' })
  const schema = {
    type: 'object',
    required: ['workflowId', 'runId', 'result'],
    properties: { workflowId: { type: 'string' }, runId: { type: 'string' }, result },
  }
  const { input: inputSchema } = definition
  return operation({
    kind: 'query',
    method: inputSchema ? 'POST' : 'GET',
    url: `${view.path}/:workflowId/queries/${encodeURIComponent(query)}`,
    operationId: `query${name}`,
    summary: definition.description ?? `Query "${query}"`,
    tag: type,
    access: requireAccess(api, view.definition.access, 'read'),
    scope,
    pathParameters: WORKFLOW_ID,
    query: { rejectClosed: { type: 'boolean', default: false, description: 'Refuse to ask a workflow that has ended (query-rejected).' } },
    ...(inputSchema && { body: { schema: components.addContract(`${name}Query`, inputSchema, { path: `${path}.input`, side: 'input' }) } }),
    responses: { 200: json('The answer of the workflow.', schema) },
    problems: ['query-failed', 'query-rejected', 'no-worker', 'invalid-argument', 'unexpected-answer'],
    async handle(request) {
      const args = inputSchema ? [await readInput(inputSchema, request.body)] : []
      const workflowId = pathParameter(request.params, 'workflowId')
      const { runId, status } = await findRun(api, request, { type, workflowId })
      if (queryOf<{ rejectClosed: boolean }>(request.query).rejectClosed && status.name !== 'RUNNING' && status.name !== 'PAUSED')
        throw problem('query-rejected', `the workflow has ended: ${status.name}`, { extensions: { workflowStatus: status.name } })
      const answer: unknown = await api.temporal.call(() => api.temporal.client.workflow.getHandle(workflowId, runId).query(query, ...args), {
        timeoutMs: QUERY_MS,
        signal: request.gone,
      })
      return { workflowId, runId, result: await readOutput(definition.output, answer) }
    },
  })
}
