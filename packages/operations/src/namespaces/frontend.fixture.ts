import { Server, ServerCredentials, type ServiceDefinition, type UntypedHandleCall } from '@grpc/grpc-js'

/** How a method answers: with a status, or else with a message that has no fields. */
export type Refusal = { readonly code: number; readonly details: string } | undefined

export interface TestFrontend {
  readonly address: string
  /** The methods that were called, in order. */
  readonly calls: readonly string[]
  close(): void
}

const METHODS = {
  'temporal.api.workflowservice.v1.WorkflowService': ['GetSystemInfo', 'DescribeNamespace', 'RegisterNamespace', 'CountWorkflowExecutions'],
  'temporal.api.operatorservice.v1.OperatorService': ['AddSearchAttributes', 'ListSearchAttributes'],
}

/** A gRPC server with the methods of Temporal that the job calls; it answers as it is told. @param answer gets the method, and the number of the call of it, from 1 */
export async function startFrontend(answer: (method: string, call: number) => Refusal): Promise<TestFrontend> {
  const calls: string[] = []
  const server = new Server()
  for (const [service, methods] of Object.entries(METHODS)) {
    const handle = (method: string): UntypedHandleCall =>
      ((_call: unknown, reply: (error: Refusal | null, bytes?: Buffer) => void) => {
        calls.push(method)
        const refusal = answer(method, calls.filter((each) => each === method).length)
        if (refusal) reply(refusal)
        else reply(null, Buffer.alloc(0))
      }) as UntypedHandleCall
    server.addService(definition(service, methods), Object.fromEntries(methods.map((method) => [method, handle(method)])))
  }
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))),
  )
  return { address: `127.0.0.1:${port}`, calls, close: () => server.forceShutdown() }
}

function definition(service: string, methods: readonly string[]): ServiceDefinition {
  const pass = (bytes: Buffer) => bytes
  const codec = { requestSerialize: pass, requestDeserialize: pass, responseSerialize: pass, responseDeserialize: pass }
  return Object.fromEntries(methods.map((method) => [method, { path: `/${service}/${method}`, requestStream: false, responseStream: false, ...codec }]))
}
