import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { ROOT } from './command.ts'
import { addressOf, certificateFiles } from './platform.ts'
import { signToken } from './signed-tokens.ts'

/** A worker that a test runs beside those of the platform. */
export interface WorkerProgram {
  readonly child: ChildProcess
  /** `http://` and where it says how it is. */
  readonly operations: string
  /** What it has written, a JSON object a line. */
  log(): readonly Record<string, unknown>[]
  /** Its exit code. */
  readonly ended: Promise<number | null>
}

/** Starts one of the fixtures of packages/worker as a worker of the platform, in the namespace `orders`. */
export async function startWorkerProgram(fixture: string, env: NodeJS.ProcessEnv = {}): Promise<WorkerProgram> {
  const operations = `127.0.0.1:${await freePort()}`
  const { certFile, keyFile, caFile } = certificateFiles('orders-worker', 'client')
  const child = spawn(process.execPath, [`${ROOT}packages/worker/dist/fixtures/${fixture}.fixture.js`], {
    env: {
      PATH: process.env['PATH'],
      TEMPORAL_ADDRESS: await addressOf('temporal-frontend', 'grpc'),
      TEMPORAL_NAMESPACE: 'orders',
      TEMPORAL_TLS_SERVER_NAME: 'temporal-frontend',
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: caFile,
      TEMPORAL_TLS_CLIENT_CERT_PATH: certFile,
      TEMPORAL_TLS_CLIENT_KEY_PATH: keyFile,
      TEMPORAL_API_KEY: await signToken(),
      OPERATIONS_ADDRESS: operations,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  const log = () => output.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : []))
  return { child, operations: `http://${operations}`, log, ended: once(child, 'close').then(([code]) => code as number | null) }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
