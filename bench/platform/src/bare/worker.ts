import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'

const { TEMPORAL_ADDRESS: address = '', TEMPORAL_NAMESPACE: namespace = '', OPERATIONS_ADDRESS: operations = '' } = process.env
const { BENCH_TASK_QUEUE: taskQueue = '', BENCH_WORKFLOWS: workflows = '' } = process.env

/** As many as the kit's worker keeps with Node's own heap limit, and more than are ever parked. */
const CACHED_WORKFLOWS = 2000

/** A worker of the SDK alone, as its own samples have it, with an address that says when it polls. */
Runtime.install({ logger: new DefaultLogger('WARN') })
const connection = await connect()
const worker = await Worker.create({
  connection,
  namespace,
  taskQueue,
  workflowsPath: fileURLToPath(new URL(`./${workflows}.js`, import.meta.url)),
  activities: { echoActivity: async (input: unknown) => input },
  maxCachedWorkflows: CACHED_WORKFLOWS,
})
const [host, port] = operations.split(':')
createServer((_request, response) => response.writeHead(worker.getState() === 'RUNNING' ? 200 : 503).end()).listen(Number(port), host)
await worker.run()
await connection.close()
process.exit()

/** The server starts at the same time, and so does its namespace. */
async function connect(): Promise<NativeConnection> {
  for (;;) {
    try {
      const found = await NativeConnection.connect({ address })
      await found.workflowService.describeNamespace({ namespace })
      return found
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
