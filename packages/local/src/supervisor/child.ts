import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync } from 'node:fs'
import { isSystemError, processIdentity, type ProcessIdentity } from '../state/index.ts'
import type { ProcessLog } from './process-log.ts'
import { cameWithin } from './wait.ts'

/** A process ready to be started: what to run, with all secrets in place. */
export interface PreparedProcess {
  readonly command: string
  readonly args: readonly string[]
  /** The whole environment; nothing is inherited beyond it. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd?: string | undefined
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A process that was started. */
export interface Child {
  readonly pid: number
  /** Unknown if it ended before it could be looked at. */
  readonly identity: ProcessIdentity | undefined
  /** Resolves when it ended. */
  readonly exited: Promise<Exit>
  /** Asks it to end, and after the grace ends it with all that it started. Resolves when it ended. */
  stop(signal: NodeJS.Signals, graceMs: number): Promise<Exit>
  /** Sends a signal, and does not wait. */
  send(signal: NodeJS.Signals): void
  /** Lets one go on that was started to wait. */
  go(): void
}

export interface ChildOptions {
  /** It reads standard input, and waits until something is there. @default false, and standard input is empty */
  readonly waits?: boolean
}

/**
 * Starts a process in a group and session of its own, so that Ctrl-C on the terminal does not reach it. Rejects if it cannot be started.
 * What it leaves in its group is killed when it ended.
 */
export async function startChild(prepared: PreparedProcess, log: ProcessLog, { waits = false }: ChildOptions = {}): Promise<Child> {
  const output = log.open()
  let child: ChildProcess
  try {
    const stdio = [waits ? 'pipe' : 'ignore', output, output] as const
    child = spawn(prepared.command, prepared.args, { cwd: prepared.cwd, env: { ...prepared.env }, detached: true, stdio: [...stdio] })
  } finally {
    closeSync(output)
  }
  const ended = new Promise<Exit>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
  const pid = await spawned(child, prepared.command)
  const identity = await processIdentity(pid).catch((error: unknown) => {
    // Nobody would know of it.
    killGroup(pid)
    throw error
  })
  const exited = ended.then((exit) => {
    killGroup(pid)
    return exit
  })
  // It may end while it is told to go on: its exit says so.
  child.stdin?.on('error', () => undefined)
  const send = (signal: NodeJS.Signals): void => void child.kill(signal)
  return {
    pid,
    identity,
    exited,
    send,
    go: () => void child.stdin?.end('go\n'),
    stop: async (signal, graceMs) => {
      send(signal)
      if (!(await cameWithin(exited, graceMs))) killGroup(pid)
      return await exited
    },
  }
}

function spawned(child: ChildProcess, command: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(child.pid as number))
    child.once('error', (error) => reject(new Error(`${command} cannot be started: ${error.message}`, { cause: error })))
  })
}

/** Ends what is left in a group that we started. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    // Nobody is left in it. (macOS says EPERM when only ended processes are.)
    if (!isSystemError(error, 'ESRCH', 'EPERM')) throw error
  }
}
