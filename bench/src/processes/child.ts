import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { now } from '../clock.ts'

export interface ChildOptions {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  /** Gets what the process writes. */
  readonly log: string
  /** @default SIGTERM */
  readonly stopSignal?: NodeJS.Signals
  /** A channel for messages, in Node's way. @default false */
  readonly channel?: boolean
}

/** A process of ours that is measured. It has a group of its own, so that Ctrl-C on the terminal does not reach it before us. */
export interface Child {
  readonly pid: number
  /** When it was asked for, by {@link now}. */
  readonly startedAt: number
  readonly process: ChildProcess
  /** Resolves to how it ended, in words. */
  readonly ended: Promise<string>
  /** Asks it to end, and after the grace ends it. Resolves when it has ended. */
  stop(graceMs?: number): Promise<void>
  /** The end of its log. */
  tail(): string
}

const GRACE_MS = 60_000
/** Lines of a log that are shown with an error. */
const SHOWN_LINES = 20

const running = new Map<number, NodeJS.Signals>()
// After an error that nobody caught there is no time to wait: each is asked to end, in its own way.
process.on('exit', () => running.forEach((signal, pid) => send(pid, signal)))

/** Starts a process. Rejects if it cannot be started. */
export async function startChild({ name, command, args, env, cwd, log, stopSignal = 'SIGTERM', channel = false }: ChildOptions): Promise<Child> {
  const output = openSync(log, 'a')
  const startedAt = now()
  const child = spawn(command, args, { env, cwd, detached: true, stdio: ['ignore', output, output, ...(channel ? (['ipc'] as const) : [])] })
  closeSync(output)
  await once(child, 'spawn')
  const pid = child.pid as number
  running.set(pid, stopSignal)
  const ended = once(child, 'exit').then(([code, signal]) => {
    running.delete(pid)
    send(-pid, 'SIGKILL')
    return signal === null ? `${name} ended with ${String(code)}` : `${name} was ended by ${String(signal)}`
  })
  return {
    pid,
    startedAt,
    process: child,
    ended,
    async stop(graceMs = GRACE_MS) {
      if (running.has(pid)) send(pid, stopSignal)
      const kill = setTimeout(() => send(-pid, 'SIGKILL'), graceMs)
      await ended
      clearTimeout(kill)
    },
    tail: () => readFileSync(log, 'utf8').trimEnd().split('\n').slice(-SHOWN_LINES).join('\n'),
  }
}

/** The work of someone who waits for a process; ends with an error if the process does. */
export async function whileRunning<T>(child: Child, work: Promise<T>): Promise<T> {
  const died = child.ended.then((how) => {
    throw new Error(`${how}; the end of its log:\n${child.tail()}`)
  })
  return Promise.race([work, died])
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // It has ended, or on macOS: only ended ones are left in the group.
    if (!['ESRCH', 'EPERM'].includes(String((error as NodeJS.ErrnoException).code))) throw error
  }
}
