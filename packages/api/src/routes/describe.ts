import type { JsonSchema } from '@sundial/contract'
import type { WorkflowExecutionDescription } from '@temporalio/client'
import type { FastifyRequest } from 'fastify'
import type { ApiContext } from '../api-context.ts'
import { requireAccess } from '../auth/access.ts'
import { ApiProblem, problemBody } from '../http/api-problem.ts'
import { PROBLEM_SCHEMA } from '../openapi/problem-schema.ts'
import { awaitResult, READ_MS } from '../temporal/result.ts'
import { findRun } from '../temporal/runs.ts'
import { STATUS_NAMES } from '../temporal/statuses.ts'
import { operation, type OperationRoute } from './operation.ts'
import { pathParameter, queryOf, RUN, WORKFLOW_ID } from './parameters.ts'
import { empty, json } from './responses.ts'
import type { WorkflowView } from './workflow-view.ts'

/** How a workflow may end that is no success. */
const WITHOUT_RESULT: readonly string[] = ['FAILED', 'TIMED_OUT', 'CANCELLED', 'TERMINATED'] satisfies (typeof STATUS_NAMES)[number][]

const TIME: JsonSchema = { type: 'string', format: 'date-time' }

/** Where a workflow stands; the same for every type. */
export const WORKFLOW_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['workflowId', 'runId', 'type', 'status', 'startedAt', 'historyLength', 'searchAttributes'],
  properties: {
    workflowId: { type: 'string' },
    runId: { type: 'string' },
    type: { type: 'string' },
    status: { type: 'string', enum: [...STATUS_NAMES, 'UNKNOWN'] },
    startedAt: TIME,
    closedAt: TIME,
    historyLength: { type: 'integer', description: 'Number of events.' },
    searchAttributes: { type: 'object', description: 'Those of the contract that are set.' },
    failure: {
      type: 'object',
      description: 'Why it has no result, as its result says: absent while it runs, and when it has one.',
      required: ['type', 'title', 'detail', 'retryable'],
      properties: {
        type: { type: 'string' },
        title: { type: 'string' },
        detail: { type: 'string' },
        retryable: { type: 'boolean' },
        error: PROBLEM_SCHEMA.properties.error,
      },
    },
  },
}

export function describeRoute(api: ApiContext, view: WorkflowView): OperationRoute {
  const { type, name, definition } = view
  const scope = definition.access.read
  return operation({
    kind: 'describe',
    method: 'GET',
    url: `${view.path}/:workflowId`,
    operationId: `describe${name}`,
    summary: `State: ${definition.description}`,
    tag: type,
    access: requireAccess(api, definition.access, 'read'),
    scope,
    pathParameters: WORKFLOW_ID,
    query: { run: RUN },
    headers: { 'If-None-Match': { type: 'string', description: 'The ETag of an earlier answer.' } },
    responses: {
      200: json('Where it stands.', { $ref: '#/components/schemas/Workflow' }, ['etag']),
      304: empty('It has not moved since the answer with this ETag.'),
    },
    problems: ['invalid-argument'],
    async handle(request, reply) {
      const { run: runId } = queryOf<{ run?: string }>(request.query)
      const run = await findRun(api, request, { type, workflowId: pathParameter(request.params, 'workflowId'), ...(runId !== undefined && { runId }) })
      // The status is part of it: a closed workflow that is reset, or one that times out, need not have new events.
      const etag = `"${run.runId}-${run.historyLength}-${run.status.name}"`
      reply.header('etag', etag)
      if (request.headers['if-none-match'] === etag) return reply.code(304).send()
      const failure = WITHOUT_RESULT.includes(run.status.name) ? await failureOf(api, request, { run, view }) : undefined
      return { ...describe(run, Object.keys(api.contract.searchAttributes ?? {})), ...(failure && { failure }) }
    },
  })
}

/** The problem that its result is. Temporal's description of a workflow does not tell. */
async function failureOf(api: ApiContext, request: FastifyRequest, { run, view }: { run: WorkflowExecutionDescription; view: WorkflowView }) {
  const { workflowId, runId } = run
  try {
    await awaitResult(api, request, { workflowId, runId, definition: view.definition, waitMs: READ_MS, closed: true })
    return undefined
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.extensions.workflowStatus === undefined) throw error
    const { type, title, detail, retryable, error: declared } = problemBody(error, { instance: '', requestId: '' })
    return { type, title, detail, retryable, ...(declared !== undefined && { error: declared }) }
  }
}

function describe(run: WorkflowExecutionDescription, attributes: readonly string[]): Record<string, unknown> {
  const set = new Map(run.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]))
  return {
    workflowId: run.workflowId,
    runId: run.runId,
    type: run.type,
    status: run.status.name,
    startedAt: run.startTime,
    ...(run.closeTime && { closedAt: run.closeTime }),
    historyLength: run.historyLength,
    searchAttributes: Object.fromEntries(attributes.filter((name) => set.has(name)).map((name) => [name, set.get(name)])),
  }
}
