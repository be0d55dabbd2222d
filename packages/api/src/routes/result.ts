import type { ApiContext } from '../api-context.ts'
import { requireAccess } from '../auth/access.ts'
import { awaitResult, READ_MS } from '../temporal/result.ts'
import { findRun } from '../temporal/runs.ts'
import { operation, type OperationRoute } from './operation.ts'
import { pathParameter, queryOf, RUN, wait, WORKFLOW_ID } from './parameters.ts'
import { json, stillRunning } from './responses.ts'
import { locationOf, type WorkflowView } from './workflow-view.ts'

export function resultRoute(api: ApiContext, view: WorkflowView): OperationRoute {
  const { type, name, definition } = view
  const scope = definition.access.read
  return operation({
    kind: 'result',
    method: 'GET',
    url: `${view.path}/:workflowId/result`,
    operationId: `get${name}Result`,
    summary: `Result: ${definition.description}`,
    description: 'The result of the workflow, or of the last of those that it continued as. A workflow that failed answers with a problem.',
    tag: type,
    access: requireAccess(api, definition.access, 'read'),
    scope,
    pathParameters: WORKFLOW_ID,
    query: { wait: wait(0), run: RUN },
    responses: {
      200: json('It is done.', view.execution),
      202: json('It is still running.', view.execution, ['location', 'retry-after']),
    },
    problems: ['unexpected-answer', 'workflow-failed', 'workflow-timed-out', 'workflow-cancelled', 'workflow-terminated', 'invalid-argument'],
    declared: view.declared,
    async handle(request, reply) {
      const workflowId = pathParameter(request.params, 'workflowId')
      const query = queryOf<{ wait: number; run?: string }>(request.query)
      const run = await findRun(api, request, { type, workflowId, ...(query.run !== undefined && { runId: query.run }) })
      const status = run.status.name
      const running = status === 'RUNNING' || status === 'PAUSED'
      const waitMs = running ? query.wait * 1000 : Math.max(query.wait * 1000, READ_MS)
      // What it continued as may still be running.
      const closed = !running && status !== 'CONTINUED_AS_NEW'
      const outcome = waitMs === 0 ? { done: false as const } : await awaitResult(api, request, { workflowId, runId: run.runId, definition, waitMs, closed })
      if (outcome.done) return { workflowId, runId: run.runId, status: 'COMPLETED', result: outcome.result }
      return stillRunning(reply, `${locationOf(view, workflowId)}/result`).send({ workflowId, runId: run.runId, status })
    },
  })
}
