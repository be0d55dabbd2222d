import type { ProcessSpec } from '@sundial/platform/process'
import type { Exit } from './child.ts'

/**
 * - `waiting`: for what it needs
 * - `starting`: runs, and was not ready yet; for a job: runs
 * - `ready`; `not-ready`: it was ready, and its probe fails now
 * - `completed`: a job or task that ended well; `failed`: one that did not, or a service that was given up
 * - `restarting`: ended by itself, and waits for its next start; or is being replaced because somebody asked
 * - `stopping`, `stopped`; a task that was not asked for is `stopped` too
 */
export type ProcessState = 'waiting' | 'starting' | 'ready' | 'not-ready' | 'completed' | 'failed' | 'restarting' | 'stopping' | 'stopped'

/** One process, as it is now. */
export interface ProcessStatus {
  readonly name: string
  readonly workload: string
  readonly component: string
  readonly kind: ProcessSpec['kind']
  readonly state: ProcessState
  /** Since when it is in this state, ISO 8601. */
  readonly since: string
  /** While it runs. */
  readonly pid?: number
  /** It has said something to a probe since it was started, be it that it is not ready. */
  readonly answers?: true
  /** How often it was started again after it ended by itself. */
  readonly restarts: number
  readonly ports: Readonly<Record<string, number>>
  /** The names of the processes that it forwards connections to, if it is a balancer. */
  readonly balances?: readonly string[]
  /** The names of the processes that it waits for. Where one of several copies will do, they are one text: `a-1 or a-2`. */
  readonly waitingFor: readonly string[]
  /** Why it is not ready, or how it ended last. */
  readonly problem?: string
  readonly logFile: string
}

/**
 * - `starting`: until everything was ready once; `failed`: that did not come to be
 * - `ready`; `degraded`: after the start something is not ready
 */
export type PlatformState = 'starting' | 'ready' | 'degraded' | 'failed' | 'stopping' | 'stopped'

/** Everything, as it is now. The content of `status.json`. */
export interface SupervisorStatus {
  readonly state: PlatformState
  /** The process that supervises. */
  readonly pid: number
  /** ISO 8601. */
  readonly startedAt: string
  readonly processes: readonly ProcessStatus[]
}

/** Whether what a process is for is there: a service that is ready, a job that completed. */
export function isDone(status: ProcessStatus): boolean {
  return status.state === 'ready' || status.state === 'completed'
}

/** How a process ended, in words. */
export function describeExit({ code, signal }: Exit): string {
  return signal === null ? `ended with code ${code}` : `was ended by ${signal}`
}
