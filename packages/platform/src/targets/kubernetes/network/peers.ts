import type { Cluster } from '../cluster.ts'
import { addresses, pods, type Peer } from './allowed.ts'

/** Every address. */
export const ANYWHERE = '0.0.0.0/0'

export const DNS = pods('kube-system', { 'k8s-app': 'kube-dns' })
export const PROMETHEUS = pods('monitoring', { 'app.kubernetes.io/name': 'prometheus' })

/** What stands between outsiders and the platform. Of a class that the platform does not install, only the namespace is known. */
export function gateway({ settings }: Cluster): Peer {
  const { className, namespace } = settings.entry
  return className === 'traefik' && namespace === 'gateway' ? pods(namespace, { 'app.kubernetes.io/name': 'traefik' }) : pods(namespace)
}

/** Systems that others run: names, which policies cannot say. Never what is in the cluster. */
export function outside({ settings }: Cluster): Peer {
  return addresses([ANYWHERE], settings.network.clusterRanges)
}

/** The Kubernetes API server, which no selector finds. */
export function apiServer({ settings }: Cluster): Peer {
  return addresses(settings.network.apiServer)
}
