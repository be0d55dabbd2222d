import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SundialError } from '@sundial/platform'
import { waitForStart } from './inspect.ts'
import { lockState, openState, type StateFolder } from './state/index.ts'
import type { SupervisorStatus } from './supervisor/index.ts'

export interface DetachOptions {
  readonly state: StateFolder
  /** Command line, for this Node, of a process that starts the platform and stays. */
  readonly args: readonly string[]
  readonly cwd: string
  readonly onStatus: (status: SupervisorStatus) => void
}

/**
 * Starts the platform in a process that outlives this one. Resolves when it is ready.
 * @throws SundialError `SUN_ALREADY_RUNNING`, or `SUN_START_FAILED` with what the process said
 */
export async function startDetached({ state, args, cwd, onStatus }: DetachOptions): Promise<SupervisorStatus> {
  await openState(state)
  // Says now, and clearly, that it runs already; the process takes the lock again for itself.
  await (await lockState(state)).release()
  const log = join(state.run, 'up.log')
  const output = openSync(log, 'w', 0o600)
  const child = spawn(process.execPath, args, { cwd, detached: true, stdio: ['ignore', output, output], env: { ...process.env, NO_COLOR: '1' } })
  closeSync(output)
  child.unref()
  const status = await waitForStart(state, child.pid ?? 0, onStatus)
  if (status?.state === 'ready') return status
  throw new SundialError('SUN_START_FAILED', `the platform did not start. It said:\n${(await readFile(log, 'utf8')).trimEnd()}`, {
    hint: 'The whole logs: ./sundial logs <process>',
  })
}
