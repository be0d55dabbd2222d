import type { Plan } from '@sundial/platform/model'
import type { StateFolder } from '../state/index.ts'
import type { MachineFacts } from './machine-facts.ts'

/** `problem`: the platform would not start, or not stay up. `warning`: it starts, and something is worse than it could be. */
export type Verdict = 'ok' | 'warning' | 'problem'

/** What one look at the machine found. */
export type Finding =
  | { readonly verdict: 'ok'; readonly found: string }
  | {
      readonly verdict: 'warning' | 'problem'
      readonly found: string
      /** What is needed, and why. */
      readonly needed: string
      /** A command, or what to do in words. */
      readonly fix: string
    }

/** What the checks look at. Nothing of it is changed. */
export interface DoctorContext {
  readonly env: NodeJS.ProcessEnv
  readonly machine: MachineFacts
  readonly projectFolder: string
  readonly state: StateFolder
  /** Nothing, if the configuration is missing or wrong: checks that need it then find nothing. */
  readonly plan: Plan | undefined
  readonly now: Date
}

export interface Check {
  readonly name: string
  run(context: DoctorContext): Promise<readonly Finding[]>
}

export function ok(found: string): Finding {
  return { verdict: 'ok', found }
}

export function warning(found: string, needed: string, fix: string): Finding {
  return { verdict: 'warning', found, needed, fix }
}

export function problem(found: string, needed: string, fix: string): Finding {
  return { verdict: 'problem', found, needed, fix }
}
