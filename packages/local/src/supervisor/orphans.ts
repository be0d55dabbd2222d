import { setTimeout as pause } from 'node:timers/promises'
import { isAlive, isSystemError } from '../state/index.ts'
import { killGroup } from './child.ts'
import { readProcesses, writeProcesses, type RecordedProcess } from './process-record.ts'

/** How often a process that is not our child is looked at, in milliseconds: nobody tells when it ends. */
const LOOK_MS = 25
/** How long the kernel may take to end a process after SIGKILL, in milliseconds. */
const KILL_MS = 5_000

/**
 * Ends what a supervisor left behind that was killed itself: the last started first, each by its own signal, and by SIGKILL after its grace.
 * A process that only has the number of one of them is left alone. Gives the names of those that it ended. The caller holds the lock of the
 * state folder, so that no supervisor is at work in it.
 */
export async function endOrphans(runFolder: string): Promise<readonly string[]> {
  const names: string[] = []
  for (const orphan of readProcesses(runFolder).toReversed()) {
    if (!(await isAlive(orphan))) continue
    await end(orphan)
    names.push(orphan.name)
  }
  if (names.length > 0) writeProcesses(runFolder, [])
  return names
}

/** Names of the processes that a killed supervisor left running. */
export async function leftBehind(runFolder: string): Promise<readonly string[]> {
  const alive = await Promise.all(readProcesses(runFolder).map(async (orphan) => ((await isAlive(orphan)) ? [orphan.name] : [])))
  return alive.flat()
}

async function end(orphan: RecordedProcess): Promise<void> {
  send(orphan.pid, orphan.signal)
  await ended(orphan, orphan.graceSeconds * 1000)
  // It was started as the leader of a group. Also when it ended well: it may have left others there.
  killGroup(orphan.pid)
  if (!(await ended(orphan, KILL_MS))) throw new Error(`${orphan.name} (process ${orphan.pid}) does not end, not even by SIGKILL`)
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // It ended by itself in the meantime.
    if (!isSystemError(error, 'ESRCH')) throw error
  }
}

async function ended(orphan: RecordedProcess, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs
  while (await isAlive(orphan)) {
    if (performance.now() >= deadline) return false
    await pause(LOOK_MS)
  }
  return true
}
