import { spawn } from 'node:child_process'
import type { Launch } from './launch.ts'
import { StoppedError } from './supervisor/index.ts'

export interface RunTaskOptions {
  /** Ends the task. */
  readonly signal: AbortSignal
  /** How long it may take to end after SIGTERM, before SIGKILL. @default 5000 */
  readonly graceMs?: number
}

/**
 * Runs a task on the caller's terminal. Resolves to its exit code when it has ended.
 * @throws StoppedError when it was ended by the signal
 */
export async function runTask({ command, args, env, cwd }: Launch, { signal, graceMs = 5_000 }: RunTaskOptions): Promise<number> {
  if (signal.aborted) throw new StoppedError()
  const child = spawn(command, args, { env, cwd, stdio: 'inherit' })
  let kill: NodeJS.Timeout | undefined
  const stop = (): void => {
    child.kill('SIGTERM')
    kill = setTimeout(() => child.kill('SIGKILL'), graceMs)
  }
  signal.addEventListener('abort', stop)
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (exitCode) => resolve(exitCode ?? 1))
    })
    if (signal.aborted) throw new StoppedError()
    return code
  } finally {
    clearTimeout(kill)
    signal.removeEventListener('abort', stop)
  }
}
