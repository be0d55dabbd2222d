import { externalServicesOf, managedServicesOf, workloadsOf } from '../../model/plan.ts'
import { portOf, type ExternalService, type ManagedService, type Party } from '../../model/parties.ts'
import type { PublicUrlReference } from '../../model/values.ts'
import type { Port } from '../../model/workload.ts'
import type { KubernetesAdaptation, KubernetesAdapter, ServiceAddress } from './adapter.ts'
import { publicUrlOf, type Cluster } from './cluster.ts'
import { namespaceOf } from './namespaces.ts'

/** A managed service and how it runs in this cluster. */
export interface Adapted {
  readonly service: ManagedService
  readonly adaptation: KubernetesAdaptation
}

/** Where everyone of a plan is in the cluster, and how they are reached. */
export class Directory {
  readonly adapted: readonly Adapted[]
  readonly #parties: ReadonlyMap<string, Party>
  readonly #cluster: Cluster

  constructor(cluster: Cluster, adapters: readonly KubernetesAdapter[]) {
    this.#cluster = cluster
    this.#parties = new Map(cluster.plan.parties.map((party) => [party.name, party]))
    this.adapted = managedServicesOf(cluster.plan).map((service) => {
      const adapter = adapters.find((candidate) => candidate.service === service.name)
      if (!adapter) throw new Error(`the kubernetes target has no adapter for "${service.name}"`)
      return { service, adaptation: adapter.adapt(service, cluster) }
    })
  }

  port(party: string, port: string): Port | undefined {
    return portOf(this.#parties.get(party), port)
  }

  external(party: string): ExternalService | undefined {
    return externalServicesOf(this.#cluster.plan).find(({ name }) => name === party)
  }

  adaptation(party: string): KubernetesAdaptation | undefined {
    return this.adapted.find(({ service }) => service.name === party)?.adaptation
  }

  /** As a caller inside the cluster dials it. */
  address(party: string, port: string): ServiceAddress {
    const adapted = this.adaptation(party)
    if (adapted) {
      const address = adapted.endpoints[port]
      if (!address) throw new Error(`nobody says where port "${port}" of "${party}" is in the cluster`)
      return address
    }
    const workload = workloadsOf(this.#cluster.plan).find(({ name }) => name === party)
    const number = workload?.ports[port]?.number
    if (!workload || number === undefined) throw new Error(`"${party}" has no port "${port}" in the cluster`)
    return { host: serviceHost(workload.name, namespaceOf(workload.area)), port: number }
  }

  /** As people and programs outside open it, through the gateway. */
  publicUrl({ party, port, path }: Pick<PublicUrlReference, 'party' | 'port' | 'path'>): string {
    const adapted = this.adaptation(party)
    return adapted?.publicUrl ? adapted.publicUrl(port, path) : publicUrlOf(this.#cluster, { party, port, path })
  }
}

/** Without the cluster's own domain, which differs: every resolver completes it. */
export function serviceHost(name: string, namespace: string): string {
  return `${name}.${namespace}.svc`
}
