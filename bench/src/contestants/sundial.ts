import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadPorts, readStatus, releasePorts, savePorts, stateFolder, stopPlatform, type ProcessStatus, type StateFolder } from '@sundial/local'
import { SundialError } from '@sundial/platform'
import { processTree, type ProcessTable } from '../machine/processes.ts'
import { startChild, whileRunning } from '../processes/child.ts'
import { cleanEnvironment } from '../processes/environment.ts'
import { until } from '../processes/until.ts'
import type { Contestant, DatabaseAccess, ProcessGroup, RunningContestant, Workspace } from './contestant.ts'
import { freePorts } from './ports.ts'
import { isKept, keepState, restoreState } from './state.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
/** Milliseconds, with some to spare. */
const BEGINS_WITHIN_MS = 3000
const PROJECT = fileURLToPath(new URL('../../platform', import.meta.url))

export interface SundialOptions {
  readonly id: string
  readonly title: string
  /** Whether the application's API runs, too. @default false */
  readonly api?: boolean
}

/** The platform that this repository makes, started as a user does. Two of the same show how much the machine alone makes differ. */
export function sundial({ id, title, api = false }: SundialOptions): Contestant {
  const place: Place = api ? { folder: 'sundial-api', env: { BENCH_API: 'true' } } : { folder: 'sundial', env: {} }
  return {
    id,
    title,
    description:
      './sundial up: Temporal as five processes on PostgreSQL, mutual TLS between all of them, an identity provider and tokens, the Web UI with login. Durable.',
    underLoad: 'warm',
    prepare: (workspace) => prepare(place, workspace),
    async start(how, workspace) {
      const folder = join(workspace.folder, place.folder)
      if (how === 'fresh') await emptyFolder(folder)
      else await restoreState(folder, workspace)
      return startPlatform(folder, place, workspace)
    },
  }
}

/** Of one kind of platform. */
interface Place {
  readonly folder: string
  /** What its configuration reads. */
  readonly env: Readonly<Record<string, string>>
}

/** One of two that are the same does it for both: they have one state, and never run at the same time. */
async function prepare(place: Place, workspace: Workspace): Promise<void> {
  const folder = join(workspace.folder, place.folder)
  if (isKept(folder)) return
  await emptyFolder(folder)
  await startAndStop(folder, place, workspace)
  await moveAway(platformState(folder))
  await startAndStop(folder, place, workspace)
  await keepState(folder, workspace)
}

async function startAndStop(folder: string, place: Place, workspace: Workspace): Promise<void> {
  const platform = await startPlatform(folder, place, workspace)
  await platform
    .ready()
    .then(() => databaseIsPrepared(folder, workspace))
    .finally(() => platform.stop())
}

/** A platform that is ready prepares the database of later first starts, if there is none. It has begun within a second. */
async function databaseIsPrepared(folder: string, { signal }: Workspace): Promise<void> {
  const preparing = join(platformState(folder).root, 'preparing')
  const began = performance.now()
  const isOver = async () => (!existsSync(preparing) && performance.now() - began > BEGINS_WITHIN_MS ? true : undefined)
  await until('the database is prepared', isOver, { signal, everyMs: 50 })
}

/** A platform keeps its ports, and does not start when another has taken them meanwhile. So it gets others than platforms choose. */
async function moveAway(state: StateFolder): Promise<void> {
  const kept = await loadPorts(state)
  const free = await freePorts(state.root, Object.keys(kept))
  await releasePorts(state.root)
  await savePorts(state, Object.fromEntries(Object.entries(kept).map(([key, port]) => [key, { ...port, port: free[key] ?? port.port }])))
}

async function emptyFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder)
}

function platformState(stateRoot: string): StateFolder {
  return stateFolder(PROJECT, 'development', stateRoot)
}

async function startPlatform(stateRoot: string, { env }: Place, { signal }: Workspace): Promise<RunningContestant> {
  const state = platformState(stateRoot)
  const child = await startChild({
    name: './sundial up',
    command: join(ROOT, 'sundial'),
    args: ['up'],
    env: cleanEnvironment({ SUNDIAL_STATE: stateRoot, ...env }),
    cwd: PROJECT,
    log: join(stateRoot, 'up.log'),
  })
  const status = async () => ((await readStatus(state))?.state === 'ready' ? true : undefined)
  return {
    startedAt: child.startedAt,
    access: { kind: 'sundial', project: PROJECT, stateRoot },
    ready: async () => void (await whileRunning(child, until('the platform is ready', status, { signal, everyMs: 50 }))),
    groups: (table) => groupsOf(table, child.pid, state),
    settings: async () => ({ configuration: 'bench/platform/sundial.config.ts, environment development' }),
    database: () => databaseOf(state),
    async stop() {
      await child.stop()
      await endLeftovers(state)
    },
  }
}

/** Nothing is left when it stopped by itself, as it does. */
async function endLeftovers(state: StateFolder): Promise<void> {
  await stopPlatform(state).catch((error: unknown) => {
    if (!(error instanceof SundialError && error.code === 'SUN_NOT_RUNNING')) throw error
  })
}

async function databaseOf(state: StateFolder): Promise<DatabaseAccess> {
  const port = (await readStatus(state))?.processes.find(({ name }) => name === 'postgresql')?.ports['sql']
  if (port === undefined) throw new Error('the platform has no PostgreSQL')
  const passwordFile = join(state.secrets, 'postgresql-superuser', 'password')
  return { host: '127.0.0.1', port, user: 'postgres', passwordFile, caFile: join(state.certificates, 'database-ca.crt'), visibility: 'temporal_visibility' }
}

const GROUPS: Readonly<Record<string, ProcessGroup>> = { temporal: 'server', postgresql: 'postgresql', bench: 'worker' }

/** Jobs have ended: what they used is counted for the supervisor, whose children they were. */
async function groupsOf(table: ProcessTable, supervisor: number, state: StateFolder): Promise<ReadonlyMap<ProcessGroup, readonly number[]>> {
  const processes = ((await readStatus(state))?.processes ?? []).filter((one): one is ProcessStatus & { pid: number } => one.pid !== undefined)
  const groups = new Map<ProcessGroup, number[]>()
  const add = (group: ProcessGroup, pids: readonly number[]) => groups.set(group, [...(groups.get(group) ?? []), ...pids])
  for (const { component, pid } of processes) add(GROUPS[component] ?? 'other', processTree(table, pid))
  add('supervisor', processTree(table, supervisor, new Set(processes.map(({ pid }) => pid))))
  return groups
}
