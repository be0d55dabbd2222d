import { managedServicesOf, workloadsOf } from '../../model/plan.ts'
import type { Need, Workload } from '../../model/workload.ts'
import type { ProcessRendering } from './machine.ts'

/** The plan's workloads and those that stand for its managed services. A laptop runs one copy of each. */
export function lowerToWorkloads({ plan, adapters }: ProcessRendering): Workload[] {
  const adaptations = managedServicesOf(plan).map((service) => {
    const adapter = adapters.find((candidate) => candidate.service === service.name)
    if (!adapter) throw new Error(`the process target has no adapter for "${service.name}"`)
    return { service, ...adapter.adapt(service, plan) }
  })
  const ready = new Map(adaptations.map((adaptation) => [adaptation.service.name, adaptation.ready]))
  const lowerNeed = (need: Need): Need => ready.get(need.party) ?? need
  return [
    ...adaptations.flatMap((adaptation) => adaptation.workloads),
    ...workloadsOf(plan).map((workload) => ({ ...workload, needs: workload.needs.map(lowerNeed) })),
  ]
}
