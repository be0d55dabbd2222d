import type { RouteOptions } from 'fastify'
import type { ApiContext } from '../api-context.ts'
import { requireScope } from '../auth/access.ts'
import { readInput } from '../http/input.ts'
import { preferredWait } from '../http/prefer.ts'
import { awaitResult } from '../temporal/result.ts'
import { startWorkflow } from '../temporal/start.ts'
import { startIdentity } from '../temporal/start-identity.ts'
import { operation } from './operation.ts'
import { header, IDEMPOTENCY_KEY, PREFER } from './parameters.ts'
import { json, stillRunning } from './responses.ts'
import { locationOf, type WorkflowView } from './workflow-view.ts'

const WORKFLOW_ID_HEADER = {
  type: 'string',
  pattern: '^[\\x21-\\x7e]([\\x20-\\x7e]{0,253}[\\x21-\\x7e])?$',
  description: 'The id that the workflow shall have. Without it, one is made: from the Idempotency-Key if there is one.',
}

export function startRoute(api: ApiContext, view: WorkflowView): RouteOptions {
  const { type, name, definition, components } = view
  const scope = definition.access.start
  const body = components.addContract(`${name}Input`, definition.input, { path: `workflows.${type}.input`, side: 'input' })
  return operation({
    kind: 'start',
    method: 'POST',
    url: view.path,
    operationId: `start${name}`,
    summary: `Start: ${definition.description}`,
    tag: type,
    access: requireScope(api.verifier, scope),
    scope,
    headers: { 'Idempotency-Key': IDEMPOTENCY_KEY, 'Workflow-Id': WORKFLOW_ID_HEADER, Prefer: PREFER },
    body: { schema: body },
    responses: {
      200: json('The same request has started it before; or, with `Prefer: wait`, it is done.', view.execution, ['location', 'preference-applied']),
      201: json('Started.', view.execution, ['location']),
      202: json('Started, and still running after the wait.', view.execution, ['location', 'retry-after', 'preference-applied']),
    },
    problems: [
      'already-started',
      'idempotency-mismatch',
      'invalid-argument',
      'workflow-failed',
      'workflow-timed-out',
      'workflow-cancelled',
      'workflow-terminated',
      'unexpected-answer',
    ],
    declared: view.declared,
    async handle(request, reply) {
      const input = await readInput(definition.input, request.body)
      const { headers } = request
      const subject = request.caller?.subject ?? ''
      const identity = startIdentity({ type, subject, workflowId: header(headers['workflow-id']), idempotencyKey: header(headers['idempotency-key']) })
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
    },
  })
}
