import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  readonly signal?: AbortSignal
  /** Given to its standard input. @default nothing */
  readonly input?: string
  /** Killed after this, milliseconds. @default no limit */
  readonly timeoutMs?: number
  /** Told every line of standard error as it comes. */
  readonly onErrorLine?: (line: string) => void
}

export interface RunResult {
  /** 0 is success. */
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** The end of what a program says is what matters, and some say a lot. */
const KEPT_LINES = 200

/** How long a program may take to stop when told to, milliseconds. */
const STOP_MS = 10_000

/**
 * Runs a program to its end. When it is stopped, waits until it has ended: what it holds is free then.
 * @throws if it cannot be started, is stopped by the signal, or runs out of time
 */
export function runCommand(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    options.signal?.throwIfAborted()
    const child = spawn(command, args, { env: options.env, cwd: options.cwd, stdio: ['pipe', 'pipe', 'pipe'] })
    // A program that ends without reading it says why by itself.
    child.stdin.on('error', () => {}).end(options.input)
    const stdout = collect(child.stdout)
    const stderr = collect(child.stderr, options.onErrorLine)
    const timers: NodeJS.Timeout[] = []
    let failure: Error | undefined
    const stop = (why: Error) => {
      failure ??= why
      child.kill('SIGTERM')
      timers.push(setTimeout(() => child.kill('SIGKILL'), STOP_MS))
    }
    const onAbort = () => stop(abortReason(options.signal))
    options.signal?.addEventListener('abort', onAbort)
    if (options.timeoutMs !== undefined)
      timers.push(setTimeout(() => stop(new Error(`${command} did not end within ${options.timeoutMs} ms`)), options.timeoutMs))
    const settle = (code: number | null, signal: NodeJS.Signals | null) => {
      options.signal?.removeEventListener('abort', onAbort)
      for (const timer of timers) clearTimeout(timer)
      if (failure === undefined && signal !== null) failure = new Error(`${command} was ended by ${signal}`)
      if (failure === undefined) resolve({ code: code ?? 1, stdout: stdout.join('\n'), stderr: stderr.join('\n') })
      else reject(failure)
    }
    child.once('close', settle)
    child.once('error', (error) => {
      failure ??= error
      // A process that never was does not close in all cases.
      if (child.pid === undefined) settle(null, null)
    })
  })
}

function abortReason(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason
  return reason instanceof Error ? reason : new Error(`stopped: ${String(reason)}`)
}

function collect(stream: NodeJS.ReadableStream, onLine?: (line: string) => void): string[] {
  const lines: string[] = []
  createInterface({ input: stream }).on('line', (line) => {
    lines.push(line)
    if (lines.length > KEPT_LINES) lines.shift()
    onLine?.(line)
  })
  return lines
}

/** The last lines of an output, for an error message. */
export function lastLines(output: string, count = 5): string {
  return output.trimEnd().split('\n').slice(-count).join('\n')
}
