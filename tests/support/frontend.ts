import proto from '@temporalio/proto'
import { grpcCall, type Outcome } from './grpc.ts'
import { addressOf } from './platform.ts'
import { identityOf, rootOf, type Identity, type Tls } from './tls.ts'

const { enums, workflowservice } = proto.temporal.api
const SERVICE = 'temporal.api.workflowservice.v1.WorkflowService'

/** A caller of the frontend: its certificate and its token, or neither. */
export interface FrontendCaller {
  /** `none` shows no certificate, `plain` does not even use TLS. @default the worker's */
  readonly certificate?: Identity | 'none' | 'plain'
  readonly token?: string
}

/** Needs read permission of the namespace. */
export function describeNamespace(caller: FrontendCaller, namespace = 'orders'): Promise<Outcome> {
  return call('DescribeNamespace', workflowservice.v1.DescribeNamespaceRequest.encode({ namespace }).finish(), caller)
}

/** Needs read permission of the whole system. */
export function listNamespaces(caller: FrontendCaller): Promise<Outcome> {
  return call('ListNamespaces', workflowservice.v1.ListNamespacesRequest.encode({}).finish(), caller)
}

/** Needs write permission of the namespace. Nobody polls the task queue, so the workflow only is there until it is terminated. */
export function startWorkflow(caller: FrontendCaller, workflowId: string): Promise<Outcome> {
  const request = { namespace: 'orders', workflowId, requestId: workflowId, workflowType: { name: 'nothing' }, taskQueue: { name: 'nobody' } }
  return call('StartWorkflowExecution', workflowservice.v1.StartWorkflowExecutionRequest.encode(request).finish(), caller)
}

export function describeWorkflow(caller: FrontendCaller, workflowId: string): Promise<Outcome> {
  const request = { namespace: 'orders', execution: { workflowId } }
  return call('DescribeWorkflowExecution', workflowservice.v1.DescribeWorkflowExecutionRequest.encode(request).finish(), caller)
}

/** The status of a workflow, in Temporal's words. */
export async function workflowStatus(caller: FrontendCaller, workflowId: string): Promise<string | undefined> {
  const { code, details, message } = await describeWorkflow(caller, workflowId)
  if (code !== 'OK') throw new Error(`${workflowId} was not described: ${code} ${details}`)
  const { workflowExecutionInfo: info } = workflowservice.v1.DescribeWorkflowExecutionResponse.decode(message)
  return enums.v1.WorkflowExecutionStatus[info?.status ?? 0]
}

/** How many workflows the visibility store knows for a query. It learns of each a moment after it began. */
export async function countWorkflows(caller: FrontendCaller, query: string, namespace = 'orders'): Promise<number> {
  const { code, details, message } = await call(
    'CountWorkflowExecutions',
    workflowservice.v1.CountWorkflowExecutionsRequest.encode({ namespace, query }).finish(),
    caller,
  )
  if (code !== 'OK') throw new Error(`workflows were not counted: ${code} ${details}`)
  return Number(workflowservice.v1.CountWorkflowExecutionsResponse.decode(message).count)
}

/** Needs write permission of the namespace. */
export function terminateWorkflow(caller: FrontendCaller, workflowId: string): Promise<Outcome> {
  const request = { namespace: 'orders', workflowExecution: { workflowId } }
  return call('TerminateWorkflowExecution', workflowservice.v1.TerminateWorkflowExecutionRequest.encode(request).finish(), caller)
}

/** Needs admin permission of the namespace. */
export function updateNamespace(caller: FrontendCaller): Promise<Outcome> {
  return call('UpdateNamespace', workflowservice.v1.UpdateNamespaceRequest.encode({ namespace: 'orders' }).finish(), caller)
}

async function call(method: string, request: Uint8Array, { certificate, token }: FrontendCaller): Promise<Outcome> {
  const tls = await frontendTls(certificate)
  return grpcCall({
    address: await addressOf('temporal-frontend', 'grpc'),
    method: `${SERVICE}/${method}`,
    request,
    ...(tls && { tls }),
    ...(token !== undefined && { token }),
  })
}

/** How a caller with this certificate reaches the frontend. */
export async function frontendTls(certificate: FrontendCaller['certificate']): Promise<Tls | undefined> {
  if (certificate === 'plain') return undefined
  const base = { ca: await rootOf('client'), serverName: 'temporal-frontend' }
  return certificate === 'none' ? base : { ...base, identity: certificate ?? (await identityOf('orders-worker', 'client')) }
}
