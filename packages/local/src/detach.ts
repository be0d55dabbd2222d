import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { waitForStart } from './inspect.ts'
import { lockState, openState, type StateFolder } from './state/index.ts'
import type { SupervisorStatus } from './supervisor/index.ts'
import { absolutePaths } from './toolchain/index.ts'

export interface DetachOptions {
  readonly state: StateFolder
  /** Command line, for this Node, of a process that starts the platform and stays. */
  readonly args: readonly string[]
  readonly cwd: string
  readonly onStatus: (status: SupervisorStatus) => void
}

/** How a start in the background ended: everything was ready once, or with the exit code (never 0) of the process that tried and what it said. */
export type DetachedStart = { readonly status: SupervisorStatus } | { readonly exitCode: number; readonly output: string }

/**
 * Starts the platform in a process that outlives this one. Resolves when it is up, or when that process has given up.
 * @throws SundialError `SUN_ALREADY_RUNNING`
 */
export async function startDetached({ state, args, cwd, onStatus }: DetachOptions): Promise<DetachedStart> {
  await openState(state)
  // Says now, and clearly, that it runs already; the process takes the lock again for itself.
  await (await lockState(state)).release()
  const log = join(state.run, 'up.log')
  const output = openSync(log, 'w', 0o600)
  const env = { ...absolutePaths(process.env), NO_COLOR: '1' }
  const child = spawn(process.execPath, args, { cwd, detached: true, stdio: ['ignore', output, output], env })
  closeSync(output)
  await once(child, 'spawn')
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  const status = await waitForStart(state, child.pid as number, onStatus)
  // Degraded: it was ready, and something is not any more. The supervisor is at that.
  if (status?.state === 'ready' || status?.state === 'degraded') {
    child.unref()
    return { status }
  }
  const [exitCode, signal] = await ended
  // A process that was told to stop while it started ends with 0, and nothing is up.
  const said = await readFile(log, 'utf8')
  return { exitCode: exitCode || 1, output: signal === null ? said : `${said}the process that started it was ended by ${signal}\n` }
}
