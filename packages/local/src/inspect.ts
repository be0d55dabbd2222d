import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { SundialError } from '@sundial/platform'
import { stateOwner, type StateFolder } from './state/index.ts'
import { readFileIfPresent } from './state/private-files.ts'
import { leftBehind, type SupervisorStatus } from './supervisor/index.ts'

/** How often a waiting command looks, milliseconds. */
const PERIOD_MS = 100
/** As often a status that cannot be read is read again. */
const READ_ATTEMPTS = 5

/** What the platform of a state folder says of itself. Nothing if it does not run. */
export async function readStatus(state: StateFolder): Promise<SupervisorStatus | undefined> {
  for (let attempt = 1; ; attempt++) {
    const owner = await stateOwner(state)
    if (!owner) return undefined
    const text = await readFileIfPresent(join(state.run, 'status.json'))
    if (text === undefined) return starting(owner.pid, owner.since)
    try {
      const status = JSON.parse(text) as SupervisorStatus
      // Before its first report, the last words of an earlier run are there.
      return status.pid === owner.pid ? status : starting(owner.pid, owner.since)
    } catch (error) {
      // On a full disk it is written over, and was read in between.
      if (attempt === READ_ATTEMPTS) throw error
      await pause(PERIOD_MS)
    }
  }
}

function starting(pid: number, startedAt: string): SupervisorStatus {
  return { state: 'starting', pid, startedAt, processes: [] }
}

/** The error for what needs a running platform, which says what is left of it. */
export async function notRunning(state: StateFolder): Promise<SundialError> {
  const left = await leftBehind(state.run)
  const option = state.environment === 'development' ? '' : ` --environment ${state.environment}`
  if (left.length === 0) return new SundialError('SUN_NOT_RUNNING', `the platform in ${state.root} does not run`, { hint: `Start it: ./sundial up${option}` })
  return new SundialError('SUN_NOT_RUNNING', `the platform in ${state.root} was killed, and left these running: ${left.join(', ')}`, {
    hint: `Start it again, which ends them first: ./sundial up${option}. Or only end them: ./sundial down${option}`,
  })
}

/** Waits until the platform that the process `pid` starts is not starting any more, or the process has ended. */
export async function waitForStart(state: StateFolder, pid: number, onStatus: (status: SupervisorStatus) => void): Promise<SupervisorStatus | undefined> {
  for (;;) {
    const status = await readStatus(state)
    if (status?.pid === pid) {
      onStatus(status)
      if (status.state !== 'starting') return status
    }
    if (!processExists(pid)) return undefined
    await pause(PERIOD_MS)
  }
}

function processExists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
