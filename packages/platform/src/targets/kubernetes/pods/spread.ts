import type { EnvironmentName } from '../../../model/input.ts'
import type { Workload } from '../../../model/workload.ts'
import { selectorLabels } from '../labels.ts'

/** Copies stand on different nodes, and in different zones where there are some. In production there are nodes enough to insist on it. */
export function spreadOf(workload: Workload, environment: EnvironmentName): { readonly topologySpreadConstraints?: readonly object[] } {
  if (workload.runs !== 'service' || (workload.scale.replicas === 1 && !workload.scale.upTo)) return {}
  const common = { maxSkew: 1, labelSelector: { matchLabels: selectorLabels(workload) }, matchLabelKeys: ['pod-template-hash'] }
  return {
    topologySpreadConstraints: [
      { topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: environment === 'production' ? 'DoNotSchedule' : 'ScheduleAnyway', ...common },
      { topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', ...common },
    ],
  }
}
