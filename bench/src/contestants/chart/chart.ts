import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { releasePorts } from '@sundial/local'
import { stringify } from 'yaml'
import { connectDatabase } from '../../machine/database.ts'
import { processTree } from '../../machine/processes.ts'
import { startChild, whileRunning, type Child } from '../../processes/child.ts'
import { cleanEnvironment } from '../../processes/environment.ts'
import { run } from '../../processes/run.ts'
import { until } from '../../processes/until.ts'
import type { Contestant, RunningContestant, Workspace } from '../contestant.ts'
import { freePorts } from '../ports.ts'
import { registerNamespace } from '../namespace.ts'
import { commandsOf, TEMPORAL_SERVER } from '../programs.ts'
import { keepState, restoreState } from '../state.ts'
import { startWorker, workerReady } from '../worker.ts'
import { accessOf, makeCluster, startCluster } from './postgresql.ts'
import { DATABASE_PASSWORD, DATABASE_USER, DATABASES, ROLES, serverConfig, type ChartPorts, type Role } from './server-config.ts'

/** What a user of Temporal's Helm chart gets without setting anything but the database: the same server and PostgreSQL as Sundial's. */
export const chart: Contestant = {
  id: 'chart',
  title: 'Helm chart defaults',
  description: `The defaults of Temporal's Helm chart 1.6.0 as four processes, server ${TEMPORAL_SERVER.version}, on PostgreSQL as initdb makes it; no encryption, no tokens. Durable.`,
  underLoad: 'warm',
  async prepare(workspace) {
    const folder = folderOf(workspace)
    await mkdir(folder, { recursive: true })
    const ports = await chartPorts(folder)
    await makeCluster({ folder, port: ports.sql, signal: workspace.signal })
    await makeSchemas(folder, ports.sql, workspace)
    await writeFirstRecord(folder, ports, workspace)
    const running = await startIn(folder, workspace)
    await running.ready().finally(() => running.stop())
    await keepState(folder, workspace)
  },
  async start(_how, workspace) {
    const folder = folderOf(workspace)
    await restoreState(folder, workspace)
    return startIn(folder, workspace)
  },
}

function folderOf(workspace: Workspace): string {
  return join(workspace.folder, 'chart')
}

/** Starts what the folder holds, with its worker. */
async function startIn(folder: string, workspace: Workspace): Promise<RunningContestant> {
  const { signal } = workspace
  const { 'temporal-server': server = '' } = await commandsOf(TEMPORAL_SERVER, workspace)
  const ports = await chartPorts(folder)
  const address = `127.0.0.1:${ports.frontend}`
  const files = await writeConfigs(folder, ports)
  const database = await startCluster({ folder, port: ports.sql, signal })
  const children: Child[] = [database]
  const stop = async () => {
    // The worker first, and the database, which the others need to the end, last.
    for (const child of children.toReversed()) await child.stop()
    await releasePorts(folder)
  }
  try {
    for (const role of ROLES) children.push(await startRole(role, { server, file: files[role], folder }))
    const worker = await startWorker({ folder, address, port: ports.worker })
    children.push(worker)
    const [, ...servers] = children.slice(0, -1)
    return {
      startedAt: database.startedAt,
      access: { kind: 'plain', address },
      ready: async () => {
        const ready = registerNamespace(address, signal).then(() => workerReady(worker, ports.worker, signal))
        await children.reduce((waiting, child) => whileRunning(child, waiting), ready)
      },
      groups: async (table) =>
        new Map([
          ['postgresql', processTree(table, database.pid)],
          ['server', servers.flatMap(({ pid }) => processTree(table, pid))],
          ['worker', processTree(table, worker.pid)],
        ]),
      settings: async () => ({ chart: '1.6.0', server: TEMPORAL_SERVER.version }),
      database: async () => accessOf(folder, ports.sql),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

type PortName = 'sql' | 'frontend' | 'http' | 'history' | 'matching' | 'worker' | `${Role}-${'membership' | 'metrics' | 'pprof'}`

async function chartPorts(folder: string): Promise<ChartPorts & { readonly worker: number }> {
  const perRole = ROLES.flatMap((role) => (['membership', 'metrics', 'pprof'] as const).map((kind): PortName => `${role}-${kind}`))
  const ports = await freePorts<PortName>(folder, ['sql', 'frontend', 'http', 'history', 'matching', 'worker', ...perRole])
  return {
    ...ports,
    membership: (role) => ports[`${role}-membership`],
    metrics: (role) => ports[`${role}-metrics`],
    pprof: (role) => ports[`${role}-pprof`],
  }
}

/** A file for each process: in the chart they share one, and differ in their pods. */
async function writeConfigs(folder: string, ports: ChartPorts): Promise<Readonly<Record<Role, string>>> {
  const dynamicConfig = join(folder, 'dynamic-config.yaml')
  await writeFile(dynamicConfig, '')
  const files = await Promise.all(
    ROLES.map(async (role) => {
      const path = join(folder, `${role}.yaml`)
      await writeFile(path, stringify(serverConfig(role, ports, dynamicConfig)))
      return [role, path] as const
    }),
  )
  return Object.fromEntries(files) as Readonly<Record<Role, string>>
}

/**
 * The record that a cluster has of itself is written by whichever process comes first, and the others end when they try at the same moment: pods are
 * then started again. Here one process comes first.
 */
async function writeFirstRecord(folder: string, ports: ChartPorts, { signal, ...workspace }: Workspace): Promise<void> {
  const { 'temporal-server': server = '' } = await commandsOf(TEMPORAL_SERVER, { signal, ...workspace })
  const files = await writeConfigs(folder, ports)
  const database = await startCluster({ folder, port: ports.sql, signal })
  try {
    const first = await startRole('history', { server, file: files.history, folder })
    const client = await connectDatabase(accessOf(folder, ports.sql), DATABASES.default)
    try {
      const written = async () => ((await client.query('SELECT 1 FROM cluster_metadata_info')).rows.length > 0 ? true : undefined)
      await whileRunning(first, until('the cluster has a record of itself', written, { signal, everyMs: 100 }))
    } finally {
      await client.end()
      await first.stop()
    }
  } finally {
    await database.stop()
  }
}

function startRole(role: Role, { server, file, folder }: { readonly server: string; readonly file: string; readonly folder: string }): Promise<Child> {
  const env = cleanEnvironment({ TEMPORAL_SERVER_CONFIG_FILE_PATH: file, TEMPORAL_VERSION_CHECK_DISABLED: 'true' })
  const log = join(folder, `${role}.log`)
  return startChild({ name: `the chart's ${role}`, command: server, args: ['start', '--service', role], env, cwd: folder, log })
}

/** The tables, as the chart's schema job makes them. */
async function makeSchemas(folder: string, port: number, workspace: Workspace): Promise<void> {
  const { 'temporal-sql-tool': tool = '' } = await commandsOf(TEMPORAL_SERVER, workspace)
  const database = await startCluster({ folder, port, signal: workspace.signal })
  try {
    for (const [schema, name] of [
      ['temporal', DATABASES.default],
      ['visibility', DATABASES.visibility],
    ] as const) {
      const env = {
        SQL_PLUGIN: 'postgres12',
        SQL_HOST: '127.0.0.1',
        SQL_PORT: String(port),
        SQL_DATABASE: name,
        SQL_USER: DATABASE_USER,
        SQL_PASSWORD: DATABASE_PASSWORD,
      }
      await run(tool, ['setup-schema', '--version', '0.0'], { env, signal: workspace.signal })
      await run(tool, ['update-schema', '--schema-name', `postgresql/v12/${schema}`], { env, signal: workspace.signal })
    }
  } finally {
    await database.stop()
  }
}
