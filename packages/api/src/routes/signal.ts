import type { SignalDefinition } from '@sundial/contract'
import { encodeToPayloadsWithContext } from '@temporalio/common/lib/internal-non-workflow/codec-helpers.js'
import type { ApiContext } from '../api-context.ts'
import { requireAccess } from '../auth/access.ts'
import { readInput } from '../http/input.ts'
import { pascalCase } from '../openapi/names.ts'
import { onRun } from '../temporal/runs.ts'
import { requestHash } from '../temporal/start-identity.ts'
import type { Temporal } from '../temporal/temporal.ts'
import { operation, type OperationRoute } from './operation.ts'
import { header, IDEMPOTENCY_KEY, pathParameter, WORKFLOW_ID } from './parameters.ts'
import { empty } from './responses.ts'
import type { WorkflowView } from './workflow-view.ts'

export function signalRoute(api: ApiContext, view: WorkflowView, [signal, definition]: readonly [string, SignalDefinition]): OperationRoute {
  const { type, components } = view
  const name = `${view.name}${pascalCase(signal)}`
  const scope = view.definition.access.signal
  return operation({
    kind: 'signal',
    method: 'POST',
    url: `${view.path}/:workflowId/signals/${encodeURIComponent(signal)}`,
    operationId: `signal${name}`,
    summary: definition.description ?? `Signal "${signal}"`,
    tag: type,
    access: requireAccess(api, view.definition.access, 'signal'),
    scope,
    pathParameters: WORKFLOW_ID,
    headers: { 'Idempotency-Key': IDEMPOTENCY_KEY },
    body: { schema: components.addContract(`${name}Signal`, definition.input, { path: `workflows.${type}.signals.${signal}.input`, side: 'input' }) },
    responses: { 202: empty('The workflow will get it.') },
    problems: ['already-closed', 'invalid-argument'],
    async handle(request, reply) {
      const input = await readInput(definition.input, request.body)
      const workflowId = pathParameter(request.params, 'workflowId')
      const key = header(request.headers['idempotency-key'])
      await onRun(api, request, {
        type,
        workflowId,
        act: ({ runId }) =>
          api.temporal.call(
            () =>
              key === undefined
                ? api.temporal.client.workflow.getHandle(workflowId, runId).signal(signal, input)
                : signalOnce(api.temporal, { workflowId, runId, signal, input, requestId: requestHash(request.caller?.subject ?? '', signal, key) }),
            { signal: request.gone },
          ),
      })
      return reply.code(202).send()
    },
  })
}

interface SignalRequest {
  readonly workflowId: string
  readonly runId: string
  readonly signal: string
  readonly input: unknown
  /** Temporal drops a second signal with the same one. */
  readonly requestId: string
}

/** The SDK's handle makes a new request id each time, so this goes without it. */
async function signalOnce({ client, namespace }: Temporal, { workflowId, runId, signal, input, requestId }: SignalRequest): Promise<void> {
  const payloads = await encodeToPayloadsWithContext(client.options.loadedDataConverter, { type: 'workflow', namespace, workflowId }, [input])
  await client.workflowService.signalWorkflowExecution({
    namespace,
    workflowExecution: { workflowId, runId },
    signalName: signal,
    input: { payloads: payloads ?? [] },
    requestId,
    identity: client.options.identity,
  })
}
