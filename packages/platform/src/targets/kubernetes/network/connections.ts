import { workloadsOf } from '../../../model/plan.ts'
import type { Connection, ExternalPort, Party } from '../../../model/parties.ts'
import type { Cluster } from '../cluster.ts'
import type { Directory } from '../directory.ts'
import { selectorLabels } from '../labels.ts'
import { metricsPortOf } from '../metrics-port.ts'
import { namespaceOf } from '../namespaces.ts'
import { addresses, pods, type Allowed, type Peer } from './allowed.ts'
import { ANYWHERE, gateway, outside, PROMETHEUS } from './peers.ts'

/** The plan's connections as they are in the cluster, and those that only a cluster has. */
export function allowedConnections(cluster: Cluster, directory: Directory): Allowed[] {
  const { plan } = cluster
  const parties = new Map(plan.parties.filter((party) => !(party.kind === 'workload' && party.runs === 'task')).map((party) => [party.name, party]))
  const declared = plan.connections.flatMap((connection) => {
    const from = parties.get(connection.from)
    const to = parties.get(connection.to)
    return from && to ? connectionBetween({ connection, from, to }, { cluster, directory }) : []
  })
  return [...declared, ...scraped(cluster), ...directory.adapted.flatMap(({ adaptation }) => adaptation.allowed ?? [])]
}

interface Between {
  readonly connection: Connection
  readonly from: Party
  readonly to: Party
}

function connectionBetween({ connection, from, to }: Between, { cluster, directory }: { cluster: Cluster; directory: Directory }): Allowed[] {
  const why = `${connection.from} calls ${connection.to}`
  const caller = from.kind === 'workload' ? podsOf(from) : from.kind === 'actor' ? gateway(cluster) : undefined
  if (!caller) return []
  if (to.kind === 'external') {
    const port = to.ports[connection.port]
    return port ? [{ from: caller, to: externalPeer(port, cluster), ports: [{ number: port.number }], why }] : []
  }
  if (to.kind === 'actor') return []
  const adaptation = directory.adaptation(to.name)
  // A service with a public URL of its own is called by it, inside too: tokens name their issuer so.
  if (adaptation?.publicUrl) return from.kind === 'actor' ? [] : throughGateway(caller, cluster, why)
  if (adaptation) {
    const address = adaptation.endpoints[connection.port]
    if (!address) return []
    const target = pods(adaptation.namespace ?? namespaceOf(to.area), adaptation.podLabels)
    return [{ from: caller, to: target, ports: [{ number: address.port }], why }]
  }
  const number = to.ports[connection.port]?.number
  return to.kind === 'workload' && number !== undefined ? [{ from: caller, to: podsOf(to), ports: [{ number }], why }] : []
}

/** The name leads to the gateway's address: some clusters send that to the gateway's pods at once, others to the load balancer outside and back. */
export function throughGateway(from: Peer, cluster: Cluster, why: string): Allowed[] {
  return [
    { from, to: gateway(cluster), ports: [{ number: 8443 }], why },
    { from, to: addresses(cluster.settings.network.loadBalancer ?? [ANYWHERE]), ports: [{ number: 443 }], why: `${why}, by the load balancer` },
  ]
}

function podsOf(workload: { readonly name: string; readonly area: 'backend' | 'product' | 'identity' | 'outside' }): Peer {
  return pods(namespaceOf(workload.area), selectorLabels(workload))
}

function externalPeer({ host }: ExternalPort, cluster: Cluster): Peer {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(host)) return addresses([`${host}/32`])
  return host.includes(':') ? addresses([`${host}/128`]) : outside(cluster)
}

function scraped({ plan }: Cluster): Allowed[] {
  return workloadsOf(plan)
    .filter(({ runs }) => runs === 'service')
    .flatMap((workload) => {
      const port = workload.ports[metricsPortOf(workload) ?? '']
      return port ? [{ from: PROMETHEUS, to: podsOf(workload), ports: [{ number: port.number }], why: `Prometheus scrapes ${workload.name}` }] : []
    })
}
