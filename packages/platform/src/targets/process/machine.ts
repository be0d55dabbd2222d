import type { ExternalService } from '../../model/parties.ts'
import type { Plan } from '../../model/plan.ts'
import type { ProcessAdapter } from './adapter.ts'

/** What of a machine goes into a process plan. */
export interface Machine {
  /** Folder of the configuration: modules that begin with `./` are below it. */
  readonly projectFolder: string
  /** Folder of the environment's secrets, certificates, files, data and logs. */
  readonly stateFolder: string
  /** Chosen port numbers, by `<workload>.<port>`. */
  readonly ports: Readonly<Record<string, number>>
  /** Absolute path of a package's module, such as `@sundial/operations/namespaces`. */
  resolveModule(specifier: string): string
}

/** A machine, and what the plan's processes call elsewhere. */
export interface Site extends Machine {
  readonly externals: readonly ExternalService[]
}

/** A plan and how its managed services run on a machine. */
export interface ProcessRendering {
  readonly plan: Plan
  readonly adapters: readonly ProcessAdapter[]
}

/** Everything of a laptop is on its loopback address: nothing is reachable from outside. */
export const LOOPBACK = '127.0.0.1'

export function portKey(workload: string, port: string): string {
  return `${workload}.${port}`
}
