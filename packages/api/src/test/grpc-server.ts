import { type handleUnaryCall, Metadata, type sendUnaryData, Server, ServerCredentials, type ServiceDefinition } from '@grpc/grpc-js'

/** How the server answers: with a status, with bytes, or not at all. */
export type GrpcAnswer = { readonly code: number; readonly details: string } | { readonly bytes: Uint8Array } | 'silence'

export interface GrpcCall {
  readonly method: string
  readonly authorization: string | undefined
  /** The header `x-team`. */
  readonly team: string | undefined
  /** The name in the client's certificate. */
  readonly certificate: string | undefined
  /** Milliseconds until the deadline that came with it. */
  readonly deadlineMs: number
}

export interface TestGrpcServer {
  readonly address: string
  /** Everything that was asked, in order. */
  readonly calls: readonly GrpcCall[]
  close(): void
}

const METHODS = [
  'StartWorkflowExecution',
  'DescribeWorkflowExecution',
  'SignalWorkflowExecution',
  'QueryWorkflow',
  'UpdateWorkflowExecution',
  'PollWorkflowExecutionUpdate',
  'ListWorkflowExecutions',
  'CountWorkflowExecutions',
  'GetSystemInfo',
  'DescribeNamespace',
  'GetWorkflowExecutionHistory',
  'TerminateWorkflowExecution',
  'RequestCancelWorkflowExecution',
  'ResetWorkflowExecution',
  'SignalWithStartWorkflowExecution',
  'ExecuteMultiOperation',
  'GetWorkflowExecutionHistoryReverse',
  'DescribeSchedule',
  'PatchSchedule',
]
const SERVICE = 'temporal.api.workflowservice.v1.WorkflowService'

/**
 * A gRPC server with some methods of Temporal, which answers as it is told: it brings the SDK's client to throw the errors that
 * it throws in the field, over a real connection.
 *
 * @param credentials default: no encryption
 */
export async function startGrpcServer(
  answer: (method: string, request: Uint8Array) => GrpcAnswer | Promise<GrpcAnswer>,
  credentials = ServerCredentials.createInsecure(),
): Promise<TestGrpcServer> {
  const calls: GrpcCall[] = []
  const server = new Server()
  const definition = Object.fromEntries(
    METHODS.map((name) => [
      name,
      {
        path: `/${SERVICE}/${name}`,
        requestStream: false,
        responseStream: false,
        requestSerialize: pass,
        requestDeserialize: pass,
        responseSerialize: pass,
        responseDeserialize: pass,
      },
    ]),
  ) as unknown as ServiceDefinition
  const handlers = Object.fromEntries(
    METHODS.map((method) => {
      const handle: handleUnaryCall<Buffer, Buffer> = (call, reply) => {
        calls.push({
          method,
          authorization: call.metadata.get('authorization')[0]?.toString(),
          team: call.metadata.get('x-team')[0]?.toString(),
          certificate: call.getAuthContext().sslPeerCertificate?.subject.CN as string | undefined,
          deadlineMs: Number(call.getDeadline()) - Date.now(),
        })
        void send(answer(method, call.request), reply)
      }
      return [method, handle]
    }),
  )
  server.addService(definition, handlers)
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound))),
  )
  return { address: `127.0.0.1:${port}`, calls, close: () => server.forceShutdown() }
}

async function send(answer: GrpcAnswer | Promise<GrpcAnswer>, reply: sendUnaryData<Buffer>): Promise<void> {
  const result = await answer
  if (result === 'silence') return
  if ('bytes' in result) reply(null, Buffer.from(result.bytes))
  else reply({ ...result, metadata: new Metadata() })
}

function pass(bytes: Buffer): Buffer {
  return bytes
}
