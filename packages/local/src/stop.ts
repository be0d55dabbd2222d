import { setTimeout as pause } from 'node:timers/promises'
import { notRunning } from './inspect.ts'
import { isAlive, isSystemError, lockState, stateOwner, type StateFolder } from './state/index.ts'
import { endOrphans, leftBehind } from './supervisor/index.ts'

/** How often it is looked whether the platform's process has ended, milliseconds. */
const PERIOD_MS = 100

/**
 * Stops the platform of a state folder, and waits until nothing of it runs: also what is left of one whose supervisor was killed, before
 * this or instead of stopping.
 * @throws SundialError `SUN_NOT_RUNNING` if nothing of it runs
 */
export async function stopPlatform(state: StateFolder): Promise<void> {
  const owner = await stateOwner(state)
  if (owner) {
    ask(owner.pid)
    while (await isAlive(owner)) await pause(PERIOD_MS)
  }
  if ((await leftBehind(state.run)).length > 0) {
    const lock = await lockState(state)
    await endOrphans(state.run).finally(() => lock.release())
  } else if (!owner) throw await notRunning(state)
}

function ask(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM')
  } catch (error) {
    // It ended by itself in the meantime.
    if (!isSystemError(error, 'ESRCH')) throw error
  }
}
