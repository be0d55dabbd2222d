import { setTimeout as delay } from 'node:timers/promises'
import { processNamed } from '../../support/platform.ts'

/** Milliseconds between two looks for a process that was started in place of another: less than one takes until it can answer. */
const LOOK_MS = 50

/**
 * A process is halted, and each that is started in its place as soon as it is there: connections stay open, or are refused, and nothing answers. Longer
 * than half a minute it is not left halted: the platform ends it and starts another.
 * @returns how many processes were halted
 */
export async function silence(name: string, seconds: number): Promise<number> {
  const halted = new Set<number>()
  try {
    for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
      const { pid } = await processNamed(name)
      if (pid !== undefined && !halted.has(pid) && sendSignal(pid, 'SIGSTOP')) halted.add(pid)
      await delay(LOOK_MS)
    }
  } finally {
    for (const pid of halted) sendSignal(pid, 'SIGCONT')
  }
  return halted.size
}

/** Whether there was such a process. */
function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    return false
  }
}
