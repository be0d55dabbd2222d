import type { ManagedService } from '../../model/parties.ts'
import type { Plan } from '../../model/plan.ts'
import type { Need, Workload } from '../../model/workload.ts'

/** How one managed service runs as processes of a machine. */
export interface ProcessAdapter {
  /** Name of the managed service. */
  readonly service: string
  adapt(service: ManagedService, plan: Plan): ProcessAdaptation
}

export interface ProcessAdaptation {
  /** One of them has the service's name and ports. */
  readonly workloads: readonly Workload[]
  /** What "the service is ready" means to others. */
  readonly ready: Need
}
