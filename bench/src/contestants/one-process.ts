import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { releasePorts } from '@sundial/local'
import { stringify } from 'yaml'
import { processTree } from '../machine/processes.ts'
import { startChild, whileRunning } from '../processes/child.ts'
import { cleanEnvironment } from '../processes/environment.ts'
import { registerNamespace } from './namespace.ts'
import type { Contestant, RunningContestant, Workspace } from './contestant.ts'
import { freePorts } from './ports.ts'
import { commandsOf, TEMPORAL_SERVER } from './programs.ts'
import { startWorker, workerReady, type WorkerProgram } from './worker.ts'

export interface OneProcessOptions {
  readonly id: string
  readonly title: string
  /** @default the worker of all contestants */
  readonly worker?: WorkerProgram
  /** What is said of the worker. @default nothing */
  readonly about?: string
}

/** The least that runs workflows: Temporal's server as one process, with SQLite in memory. It is there to try the harness itself. */
export function oneProcess({ id, title, worker, about }: OneProcessOptions): Contestant {
  return {
    id,
    title,
    description: `${about === undefined ? '' : `${about} `}Temporal server ${TEMPORAL_SERVER.version} as one process, SQLite in memory, no encryption, no tokens. Not durable.`,
    underLoad: 'fresh',
    prepare: async (workspace) => void (await commandsOf(TEMPORAL_SERVER, workspace)),
    start: async (_how, workspace) => start(join(workspace.folder, id), workspace, worker),
  }
}

const PORTS = ['frontend', 'history', 'matching', 'worker', 'frontend-ring', 'history-ring', 'matching-ring', 'worker-ring', 'operations'] as const
type Ports = Readonly<Record<(typeof PORTS)[number], number>>

async function start(folder: string, workspace: Workspace, program?: WorkerProgram): Promise<RunningContestant> {
  const { signal } = workspace
  const { 'temporal-server': command = '' } = await commandsOf(TEMPORAL_SERVER, workspace)
  await mkdir(folder, { recursive: true })
  const ports = await freePorts(folder, PORTS)
  const file = join(folder, 'temporal.yaml')
  await writeFile(file, stringify(serverConfig(ports)))
  const env = cleanEnvironment({ TEMPORAL_SERVER_CONFIG_FILE_PATH: file, TEMPORAL_VERSION_CHECK_DISABLED: 'true' })
  const address = `127.0.0.1:${ports.frontend}`
  const server = await startChild({ name: 'the server', command, args: ['start'], env, cwd: folder, log: join(folder, 'server.log') })
  const worker = await startWorker({ folder, address, port: ports.operations, ...(program && { program }) }).catch(async (error: unknown) => {
    await server.stop()
    throw error
  })
  return {
    startedAt: server.startedAt,
    access: { kind: 'plain', address },
    ready: () =>
      whileRunning(
        server,
        registerNamespace(address, signal).then(() => workerReady(worker, ports.operations, signal)),
      ),
    groups: async (table) =>
      new Map([
        ['server', processTree(table, server.pid)],
        ['worker', processTree(table, worker.pid)],
      ]),
    settings: async () => ({ server: TEMPORAL_SERVER.version }),
    async stop() {
      await worker.stop()
      await server.stop()
      await releasePorts(folder)
    },
  }
}

function serverConfig(ports: Ports): object {
  const sqlite = (databaseName: string) => ({
    sql: {
      pluginName: 'sqlite',
      databaseName,
      connectAddr: 'localhost',
      connectProtocol: 'tcp',
      connectAttributes: { mode: 'memory', cache: 'private' },
      maxConns: 1,
      maxIdleConns: 1,
      maxConnLifetime: '1h',
    },
  })
  const services = (['frontend', 'history', 'matching', 'worker'] as const).map((role) => {
    const rpc = { grpcPort: ports[role], membershipPort: ports[`${role}-ring`], bindOnLocalHost: true }
    return [role, { rpc }] as const
  })
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'default',
      visibilityStore: 'visibility',
      numHistoryShards: 1,
      datastores: { default: sqlite('default'), visibility: sqlite('visibility') },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: Object.fromEntries(services),
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: { active: { enabled: true, initialFailoverVersion: 1, rpcAddress: `127.0.0.1:${ports.frontend}` } },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    archival: { history: { state: 'disabled' }, visibility: { state: 'disabled' } },
    publicClient: { hostPort: `127.0.0.1:${ports.frontend}` },
  }
}
