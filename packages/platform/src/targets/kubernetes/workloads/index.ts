import { referencesOf } from '../../../model/references.ts'
import type { Plan } from '../../../model/plan.ts'
import type { Workload } from '../../../model/workload.ts'
import { ours, type Cluster } from '../cluster.ts'
import type { Directory } from '../directory.ts'
import { namespaceOf } from '../namespaces.ts'
import type { KubernetesObject } from '../object.ts'
import { configObjects } from '../pods/config-objects.ts'
import { configTexts } from '../pods/config-files.ts'
import { PodResolver } from '../resolve.ts'
import { jobObject } from './job.ts'
import { metadataOf, serviceObjects } from './service-objects.ts'

/** Everything that one workload is in a cluster, beside certificates, secrets and policies, which concern several. A task is started by people: it is nothing. */
export function workloadObjects(workload: Workload, { cluster, directory, dialled }: WorkloadContext): KubernetesObject[] {
  if (workload.runs === 'task') return []
  const resolver = new PodResolver(directory, workload)
  const texts = configTexts(workload, resolver)
  const config = configObjects(workload, texts, cluster)
  const parts = { workload, cluster, resolver, texts, config }
  return [
    serviceAccount(workload, cluster),
    ...[config.once, config.secret, config.live].filter((object) => object !== undefined),
    ...(workload.runs === 'job' ? [jobObject(parts)] : serviceObjects(parts, dialled)),
  ]
}

export interface WorkloadContext {
  readonly cluster: Cluster
  readonly directory: Directory
  /** Ports that somebody reaches at an address: see {@link dialledPorts}. */
  readonly dialled: ReadonlySet<string>
}

function serviceAccount(workload: Workload, cluster: Cluster): KubernetesObject {
  return ours(cluster, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { ...metadataOf(workload, cluster), namespace: namespaceOf(workload.area) },
    automountServiceAccountToken: false,
  })
}

/** Ports that somebody reaches at an address, as `<workload> <port>`: the others are found by other means, or only asked by the platform itself. */
export function dialledPorts({ parties }: Plan, workloads: readonly Workload[]): ReadonlySet<string> {
  const references = workloads.flatMap((workload) => referencesOf(workload)).map(({ reference }) => reference)
  const dialled = references.flatMap((reference) =>
    reference.ref === 'public-url' || (reference.ref === 'endpoint' && reference.as !== 'port') ? [reference] : [],
  )
  const actors = parties.flatMap((party) => (party.kind === 'actor' ? party.calls : []))
  return new Set([...dialled, ...actors].map(({ party, port }) => `${party} ${port}`))
}
