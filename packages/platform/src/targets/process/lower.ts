import { externalServicesOf, managedServicesOf, workloadsOf } from '../../model/plan.ts'
import type { Need, Workload } from '../../model/workload.ts'
import type { ProcessRendering } from './machine.ts'

/** The plan's workloads and those that stand for its managed services, needing each other only: what others run is there, or a job finds out. */
export function lowerToWorkloads({ plan, adapters }: ProcessRendering): Workload[] {
  const adaptations = managedServicesOf(plan).map((service) => {
    const adapter = adapters.find((candidate) => candidate.service === service.name)
    if (!adapter) throw new Error(`the process target has no adapter for "${service.name}"`)
    return { service, ...adapter.adapt(service, plan) }
  })
  const ready = new Map(adaptations.map((adaptation) => [adaptation.service.name, [adaptation.ready]]))
  for (const { name, checkedBy } of externalServicesOf(plan)) ready.set(name, checkedBy === undefined ? [] : [{ party: checkedBy, until: 'completed' }])
  // Where it need not be ready, a managed service is the process that has its name. What others run is checked before anyone uses it.
  const managed = new Set(adaptations.map(({ service }) => service.name))
  const lowerNeed = (need: Need): readonly Need[] => (need.until !== 'ready' && managed.has(need.party) ? [need] : (ready.get(need.party) ?? [need]))
  return [
    ...adaptations.flatMap((adaptation) => adaptation.workloads),
    ...workloadsOf(plan).map((workload) => ({ ...workload, needs: workload.needs.flatMap(lowerNeed) })),
  ]
}
