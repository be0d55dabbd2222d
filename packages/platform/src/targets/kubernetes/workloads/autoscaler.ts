import type { Workload } from '../../../model/workload.ts'
import { ours, type Cluster } from '../cluster.ts'
import { labelsOf } from '../labels.ts'
import { namespaceOf } from '../namespaces.ts'
import type { KubernetesObject } from '../object.ts'

/** Percent of the processor time that a copy asks for, above which copies are added. */
const TARGET_CPU_PERCENT = 70

/** Adds and removes copies by the processor time that they use. By backlog, the component's own adapter does it. */
export function autoscaler(workload: Workload, cluster: Cluster): KubernetesObject[] {
  const { upTo, replicas } = workload.scale
  if (upTo?.by !== 'cpu') return []
  return [
    ours(cluster, {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: workload.name, namespace: namespaceOf(workload.area), labels: labelsOf(workload, cluster.plan.platform.name) },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: workload.name },
        minReplicas: replicas,
        maxReplicas: Math.max(upTo.copies, replicas),
        metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: TARGET_CPU_PERCENT } } }],
        // Each copy that goes makes others take over its work: slowly, one at a time.
        behavior: { scaleDown: { stabilizationWindowSeconds: 600, policies: [{ type: 'Pods', value: 1, periodSeconds: 120 }] } },
      },
    }),
  ]
}
