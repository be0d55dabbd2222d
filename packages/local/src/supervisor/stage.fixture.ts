import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ProcessSpec } from '@sundial/platform/process'
import { freePort } from '../free-port.fixture.ts'
import { startSupervisor, type ProcessStatus, type Supervisor, type SupervisorOptions } from './index.ts'

const PROGRAM = fileURLToPath(new URL('process.fixture.mjs', import.meta.url))

/** What a test says of a process; the rest is the same for all. */
export interface Role extends Partial<
  Pick<ProcessSpec, 'kind' | 'needs' | 'ready' | 'stop' | 'ports' | 'reload' | 'lasting' | 'startsLast' | 'args' | 'files'>
> {
  /** See process.fixture.mjs. */
  readonly env?: Readonly<Record<string, string>>
  readonly command?: string
}

/** Small waits, so that tests of waiting are short. */
export const QUICK = { firstBackoffMs: 20, longestBackoffMs: 80, healthyAfterMs: 60_000, startDeadlineMs: 20_000 }

/** A folder for one test, the processes that it starts, and what they wrote. */
export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), 'sundial-supervisor-'))
  readonly run = join(this.folder, 'run')
  readonly logs = join(this.folder, 'logs')
  readonly notReady = join(this.folder, 'not-ready')
  readonly #events = join(this.folder, 'events')
  readonly #supervisors: Supervisor[] = []

  constructor() {
    writeFileSync(this.#events, '')
  }

  /** Starts processes in the order in which they are given. */
  async start(roles: Readonly<Record<string, Role>>, options: Partial<SupervisorOptions> = {}): Promise<Supervisor> {
    const supervisor = await startSupervisor(this.options(roles, options))
    this.#supervisors.push(supervisor)
    return supervisor
  }

  options(roles: Readonly<Record<string, Role>>, options: Partial<SupervisorOptions> = {}): SupervisorOptions {
    const processes = Object.entries(roles).map(([name, role]) => spec(name, role))
    const environment = (name: string): Record<string, string> => ({ NAME: name, EVENTS: this.#events, NOT_READY: this.notReady, ...roles[name]?.env })
    return {
      plan: { processes },
      logs: this.logs,
      run: this.run,
      prepare: ({ name }) => ({ command: roles[name]?.command ?? process.execPath, args: [PROGRAM], env: environment(name) }),
      ...options,
      timing: { ...QUICK, ...options.timing },
    }
  }

  /** Every process that looks at it says from now on that it is not ready. */
  makeNotReady(): void {
    writeFileSync(this.notReady, '')
  }

  /** What happened, in order, without the numbers. */
  events(): readonly string[] {
    return readFileSync(this.#events, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.replace(/ \d+$/, ''))
  }

  /** The numbers of processes: what is written with an event. */
  pids(event: string): readonly number[] {
    return [...readFileSync(this.#events, 'utf8').matchAll(new RegExp(`^${event} (\\d+)$`, 'gm'))].map(([, pid]) => Number(pid))
  }

  /** What the supervisor recorded as running. */
  recorded(): readonly { readonly name: string; readonly pid: number }[] {
    return JSON.parse(readFileSync(join(this.run, 'processes.json'), 'utf8')) as { name: string; pid: number }[]
  }

  async close(): Promise<void> {
    for (const supervisor of this.#supervisors) await supervisor.stop()
    rmSync(this.folder, { recursive: true })
  }
}

function spec(name: string, role: Role): ProcessSpec {
  return {
    name,
    workload: name,
    component: 'test',
    kind: role.kind ?? 'service',
    program: { kind: 'node', module: PROGRAM },
    args: role.args ?? [],
    env: {},
    files: role.files ?? [],
    folders: [],
    ports: role.ports ?? {},
    needs: role.needs ?? [],
    ...(role.lasting && { lasting: true }),
    ...(role.startsLast && { startsLast: true }),
    ...(role.ready && { ready: role.ready }),
    ...(role.reload && { reload: role.reload }),
    stop: role.stop ?? { signal: 'SIGTERM', graceSeconds: 10 },
  }
}

/** A service that serves on a port of its own, and is asked there. */
export async function served(role: Role = {}): Promise<Role> {
  const port = await freePort()
  return { ...role, env: { PORT: String(port), ...role.env }, ready: httpProbe(`http://127.0.0.1:${port}/readyz`) }
}

export function httpProbe(url: string): NonNullable<ProcessSpec['ready']> {
  return { kind: 'http', url, periodSeconds: 0.03, timeoutSeconds: 2 }
}

export const whenReady = (...names: readonly string[]): ProcessSpec['needs'] => names.map((process) => ({ anyOf: [process], until: 'ready' }))
export const whenOneIsReady = (...anyOf: readonly string[]): ProcessSpec['needs'] => [{ anyOf, until: 'ready' }]
export const whenCompleted = (...names: readonly string[]): ProcessSpec['needs'] => names.map((process) => ({ anyOf: [process], until: 'completed' }))

export function statusOf(supervisor: Supervisor, name: string): ProcessStatus {
  const found = supervisor.status().processes.find((status) => status.name === name)
  if (found === undefined) throw new Error(`no process ${name}`)
  return found
}

/** Resolves as soon as the status of a process is as wanted. The test's own time is its deadline. */
export async function until(supervisor: Supervisor, name: string, wanted: (status: ProcessStatus) => boolean): Promise<ProcessStatus> {
  while (!wanted(statusOf(supervisor, name))) await once(supervisor.events, 'change')
  return statusOf(supervisor, name)
}

/** Whether a process runs. Its number is known to be its own: it was seen a moment ago. */
export function runs(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z'
  } catch {
    return existsSync('/proc') ? false : signalled(pid)
  }
}

function signalled(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
