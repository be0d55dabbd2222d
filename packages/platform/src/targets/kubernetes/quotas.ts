import type { Cluster } from './cluster.ts'
import { ours } from './cluster.ts'
import type { Directory } from './directory.ts'
import { workloadsOf } from '../../model/plan.ts'
import { namespaceOf } from './namespaces.ts'
import type { KubernetesObject } from './object.ts'
import { cpuOf, memoryOf, formatCpu, formatMemory } from './quantities.ts'

/** Room for rollouts, where an old and a new copy run side by side, and for growth that nobody has to be asked about. */
const HEADROOM = 1.5
/** Copies, jobs and what a rollout adds. */
const PODS_PER_COPY = 2

interface Total {
  cpu: number
  memory: number
  copies: number
}

/** A namespace may ask for what its workloads ask for at most, and half as much again: a mistake in one does not take the cluster from the others. */
export function quotas(cluster: Cluster, directory: Directory): KubernetesObject[] {
  const totals = new Map<string, Total>()
  const add = (namespace: string, { cpu, memory, copies }: Total): void => {
    const total = totals.get(namespace) ?? { cpu: 0, memory: 0, copies: 0 }
    totals.set(namespace, { cpu: total.cpu + cpu, memory: total.memory + memory, copies: total.copies + copies })
  }
  for (const { area, runs, scale, resources } of workloadsOf(cluster.plan)) {
    if (runs === 'task') continue
    const copies = Math.max(scale.replicas, scale.upTo?.copies ?? 0)
    add(namespaceOf(area), { cpu: copies * cpuOf(resources.requests.cpu), memory: copies * memoryOf(resources.requests.memory), copies })
  }
  for (const { service, adaptation } of directory.adapted)
    if (adaptation.requests)
      add(adaptation.namespace ?? namespaceOf(service.area), { cpu: cpuOf(adaptation.requests.cpu), memory: memoryOf(adaptation.requests.memory), copies: 5 })
  return [...totals].map(([namespace, { cpu, memory, copies }]) =>
    ours(cluster, {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'requests', namespace },
      spec: {
        hard: {
          'requests.cpu': formatCpu(cpu * HEADROOM),
          'requests.memory': formatMemory(memory * HEADROOM),
          pods: String(copies * PODS_PER_COPY + 10),
        },
      },
    }),
  )
}
