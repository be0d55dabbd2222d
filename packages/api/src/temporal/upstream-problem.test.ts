import { NamespaceNotFoundError, QueryNotRegisteredError, QueryRejectedError, ScheduleNotFoundError, WorkflowNotFoundError } from '@temporalio/client'
import { TokenError } from '@sundial/runtime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OperationKind } from '../routes/operation.ts'
import { type GrpcAnswer, startGrpcServer, type TestGrpcServer } from '../test/grpc-server.ts'
import { openTestTemporal } from '../test/temporal.ts'
import type { Temporal } from './temporal.ts'
import { upstreamProblem } from './upstream-problem.ts'
import { UPSTREAM_RULES } from './upstream-rules.ts'

let server: TestGrpcServer
let temporal: Temporal
let answer: GrpcAnswer = 'silence'
beforeAll(async () => {
  server = await startGrpcServer(() => answer)
  temporal = await openTestTemporal(server.address)
})
afterAll(async () => {
  await temporal.close()
  server.close()
})

/** What the SDK throws for an operation when the server answers so. */
async function thrownBy(operation: OperationKind, result: GrpcAnswer): Promise<unknown> {
  answer = result
  const { client } = temporal
  const handle = client.workflow.getHandle('w')
  const requests: Partial<Record<OperationKind, () => Promise<unknown>>> = {
    start: () => client.workflow.start('t', { workflowId: 'w', taskQueue: 'q' }),
    describe: () => handle.describe(),
    signal: () => handle.signal('s'),
    query: () => handle.query('q'),
    update: () => handle.startUpdate('u', { waitForStage: 'ACCEPTED' }),
    terminate: () => handle.terminate(),
    cancel: () => client.workflowService.signalWorkflowExecution({ namespace: 'orders' }),
    list: () => client.workflowService.listWorkflowExecutions({ namespace: 'orders' }),
  }
  return temporal.call(requests[operation] as () => Promise<unknown>, { timeoutMs: result === 'silence' ? 300 : 10_000 }).catch((error: unknown) => error)
}

const grpc = (code: number, details: string): GrpcAnswer => ({ code, details })

/** One or more for each rule: what the server says to which operation, and the problem that it is. */
const CASES: readonly (readonly [OperationKind, GrpcAnswer, string, number])[] = [
  ['start', grpc(6, 'Workflow execution is already running.'), 'already-started', 409],
  ['describe', grpc(5, 'workflow not found for ID: w'), 'not-found', 404],
  ['cancel', grpc(5, 'workflow not found for ID: w'), 'not-found', 404],
  ['cancel', grpc(5, 'Namespace orders is not found.'), 'namespace-unavailable', 503],
  // Without the SDK's own error, as a signal with a start is sent.
  ['cancel', grpc(6, 'Workflow execution already finished successfully.'), 'already-started', 409],
  ['signal', grpc(5, 'workflow execution already completed'), 'already-closed', 409],
  ['update', grpc(5, 'workflow execution already completed'), 'already-closed', 409],
  ['terminate', grpc(5, 'workflow execution already completed'), 'already-closed', 409],
  ['cancel', grpc(5, 'workflow execution already completed'), 'already-closed', 409],
  ['query', grpc(3, 'the handler threw'), 'query-failed', 500],
  ['query', grpc(9, 'Cannot query workflow due to Workflow Task in failed state.'), 'query-failed', 500],
  ['query', grpc(1, 'context canceled'), 'no-worker', 504],
  ['query', 'silence', 'no-worker', 504],
  ['update', 'silence', 'no-worker', 504],
  ['start', grpc(3, 'Blob data size exceeds limit.'), 'payload-too-large', 413],
  ['start', grpc(8, 'grpc: received message larger than max (5000103 vs. 4194304)'), 'payload-too-large', 413],
  ['list', grpc(3, 'invalid query: unable to parse'), 'bad-visibility-query', 400],
  ['start', grpc(3, 'WorkflowId length exceeds limit.'), 'invalid-argument', 400],
  ['start', grpc(8, 'namespace rate limit exceeded'), 'throttled', 429],
  ['start', grpc(7, 'Request unauthorized.'), 'upstream-denied', 502],
  ['start', grpc(16, 'no token'), 'upstream-denied', 502],
  ['start', grpc(14, 'shutting down'), 'unavailable', 503],
  ['start', grpc(13, 'Received RST_STREAM with code 2 (Internal server error)'), 'unavailable', 503],
  ['start', 'silence', 'timeout', 504],
  ['start', grpc(2, 'page token is garbage'), 'upstream-error', 502],
  ['start', grpc(13, 'internal'), 'upstream-error', 502],
  ['start', grpc(12, 'unknown method'), 'upstream-error', 502],
]

test.each(CASES)('%s answered with %o is %s', async (operation, result, slug, status) => {
  expect(upstreamProblem(await thrownBy(operation, result), operation)).toMatchObject({ slug, status })
})

/** Errors that the SDK makes of what takes more than a status to provoke. */
const MADE: readonly (readonly [Error, string])[] = [
  [new NamespaceNotFoundError('orders'), 'namespace-unavailable'],
  [new QueryRejectedError(2), 'query-rejected'],
  [new QueryNotRegisteredError('Query handler threw', 3), 'query-failed'],
  [new ScheduleNotFoundError('schedule not found', 'orders.daily'), 'not-found'],
  [new TokenError('the provider did not answer'), 'credentials-unavailable'],
]

test.each(MADE)('%s is %s', (error, slug) => {
  expect(upstreamProblem(error, 'query')?.slug).toBe(slug)
})

test('every rule decides some case: the table has nothing that no error reaches', async () => {
  const decided = new Set<number>()
  for (const [operation, result, slug] of CASES) {
    const error = await thrownBy(operation, result)
    UPSTREAM_RULES.forEach((_, index) => {
      const without = UPSTREAM_RULES.filter((_rule, each) => each !== index)
      if (upstreamProblem(error, operation, without)?.slug !== slug) decided.add(index)
    })
  }
  for (const [error, slug] of MADE) {
    UPSTREAM_RULES.forEach((_, index) => {
      if (
        upstreamProblem(
          error,
          'query',
          UPSTREAM_RULES.filter((_rule, each) => each !== index),
        )?.slug !== slug
      )
        decided.add(index)
    })
  }
  expect(UPSTREAM_RULES.filter((_, index) => !decided.has(index))).toEqual([])
})

test('tells which workflow it was, and not what the server says about our own set-up', async () => {
  expect(upstreamProblem(new WorkflowNotFoundError('workflow not found for ID: w', 'w', undefined), 'describe')).toMatchObject({
    message: 'workflow not found for ID: w',
    extensions: { workflowId: 'w' },
  })
  expect(upstreamProblem(await thrownBy('start', grpc(7, 'claims of api-client are bad')), 'start')?.message).not.toContain('claims')
})

test("leaves errors that are not Temporal's alone", () => {
  expect(upstreamProblem(new TypeError('x is undefined'), 'start')).toBeUndefined()
  expect(upstreamProblem(Object.assign(new Error('read'), { code: 'ECONNRESET' }), 'start')).toBeUndefined()
})
