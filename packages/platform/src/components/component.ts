import type { Diagnostic } from '../model/diagnostics.ts'
import type { Party } from '../model/parties.ts'
import type { DataSetting, Plan } from '../model/plan.ts'
import type { Platform } from '../model/platform.ts'
import type { Database, OidcClient, Secret } from '../model/resources.ts'
import type { Workload } from '../model/workload.ts'

/** One system of the platform: what it runs, offers, calls and needs, without naming a place to run. */
export interface Component {
  readonly name: string
  contribute(platform: Platform): Contribution
}

export interface Contribution {
  readonly parties: readonly Party[]
  readonly secrets?: readonly Secret[]
  readonly databases?: readonly Database[]
  readonly clients?: readonly OidcClient[]
  /** Parties that depend on what all components ask for. */
  partiesFor?(asked: Asked): readonly Party[]
  /** Settings that can never be changed once there are data, by path. */
  readonly fixedSettings?: Readonly<Record<string, number>>
  /** Settings that may be changed while there are data, with what that means for them, by path. */
  readonly dataSettings?: Readonly<Record<string, DataSetting>>
  /** What only this system knows of a whole plan that does not fit. */
  check?(plan: Plan): readonly Diagnostic[]
}

/** What all components together ask for. */
export interface Asked {
  readonly databases: readonly Database[]
  readonly clients: readonly OidcClient[]
}

type Defaults =
  | 'kind'
  | 'runs'
  | 'roles'
  | 'init'
  | 'args'
  | 'env'
  | 'files'
  | 'volumes'
  | 'ports'
  | 'certificates'
  | 'calls'
  | 'needs'
  | 'stop'
  | 'scale'
  | 'resources'

/** A workload with the common defaults: one copy that nobody calls and that calls nobody. */
export function workload(given: Omit<Workload, Defaults> & Partial<Pick<Workload, Defaults>>): Workload {
  return {
    kind: 'workload',
    runs: 'service',
    roles: [],
    init: [],
    args: [],
    env: {},
    files: {},
    volumes: [],
    ports: {},
    certificates: [],
    calls: [],
    needs: [],
    stop: { graceSeconds: 10 },
    scale: { replicas: 1 },
    resources: JOB_RESOURCES,
    ...given,
  }
}

/** Enough for the schema tool and small Node jobs. */
export const JOB_RESOURCES = { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '512Mi' } } as const
