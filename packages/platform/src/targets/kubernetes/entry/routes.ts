import { workloadsOf } from '../../../model/plan.ts'
import type { Cluster } from '../cluster.ts'
import { namespaceOf, type NamespaceName } from '../namespaces.ts'
import type { PublicService } from '../system.ts'

/** A name that outsiders open, and the service that answers. */
export interface Route {
  /** The first part of the name, below the platform's domain. */
  readonly name: string
  readonly namespace: NamespaceName
  readonly service: string
  readonly port: number
  /** `passthrough`: the entry does not open what is said. */
  readonly tls: 'terminate' | 'passthrough'
}

/** What is open: the plan's public ports, and services of systems. Sorted by name. */
export function routesOf({ plan }: Cluster, open: readonly PublicService[]): Route[] {
  const own = workloadsOf(plan).flatMap(({ name, area, ports }) =>
    Object.values(ports)
      .filter((port) => port.public)
      .map((port): Route => ({ name: port.publicName ?? name, namespace: namespaceOf(area), service: name, port: port.number, tls: 'terminate' })),
  )
  const systems = open.map(({ name, namespace, service, port, tls = 'terminate' }): Route => ({ name, namespace, service, port, tls }))
  return [...own, ...systems].sort((a, b) => (a.name < b.name ? -1 : 1))
}
