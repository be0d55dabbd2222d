import type { Cluster } from '../cluster.ts'
import { pods, type Allowed } from '../network/allowed.ts'
import { gateway } from '../network/peers.ts'
import type { KubernetesObject } from '../object.ts'
import type { PublicService } from '../system.ts'
import { gatewayObjects } from './gateway.ts'
import { ingressObjects } from './ingress.ts'
import { routesOf } from './routes.ts'

/** How outsiders come in: by a gateway, or by ingresses. */
export function entryObjects(cluster: Cluster, open: readonly PublicService[]): KubernetesObject[] {
  const routes = routesOf(cluster, open)
  return cluster.settings.entry.kind === 'gateway' ? gatewayObjects(routes, cluster) : ingressObjects(routes, cluster)
}

/** The gateway reaches what systems open. What the plan opens is said there: somebody outside calls it. */
export function entryConnections(cluster: Cluster, open: readonly PublicService[]): Allowed[] {
  return open.map(({ name, namespace, podLabels, podPort }) => ({
    from: gateway(cluster),
    to: pods(namespace, podLabels),
    ports: [{ number: podPort }],
    why: `people and programs outside open ${name}`,
  }))
}
