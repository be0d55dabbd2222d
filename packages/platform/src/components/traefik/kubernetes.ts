import {
  callsApiServer,
  chartRelease,
  copies,
  platformPriority,
  podMonitor,
  pods,
  addresses,
  ANYWHERE,
  RELEASE_WAVES,
  resources,
  scrapedAt,
  type Cluster,
} from '../../targets/kubernetes/kit.ts'
import type { ChartRelease, KubernetesSystem } from '../../targets/kubernetes/system.ts'
import { chartNamed } from '../charts.ts'

const NAMESPACE = 'gateway'
const OWN = pods(NAMESPACE, { 'app.kubernetes.io/name': 'traefik' })
const METRICS_PORT = 9100
/** Ports of its pods; the load balancer in front of them has 80 and 443. */
const ENTRY_PORTS = [{ number: 8000 }, { number: 8443 }] as const

/** Lets others in, unless the class is of another gateway. */
export const traefikKubernetes: KubernetesSystem = {
  name: 'traefik',
  contribute(cluster) {
    if (cluster.settings.entry.className !== 'traefik') return {}
    return {
      releases: [release(cluster)],
      objects: podMonitor({ name: 'traefik', pods: OWN, port: METRICS_PORT }, cluster),
      allowed: [
        callsApiServer(OWN, 'Traefik', cluster),
        { from: addresses([ANYWHERE]), to: OWN, ports: ENTRY_PORTS, why: 'people and programs outside come in here' },
        scrapedAt(OWN, METRICS_PORT, 'Traefik'),
      ],
    }
  },
}

function release(cluster: Cluster): ChartRelease {
  const { entry, images } = cluster.settings
  const replicas = copies(cluster)
  const usesGateway = entry.kind === 'gateway'
  return chartRelease(
    {
      chart: chartNamed('traefik'),
      namespace: NAMESPACE,
      wave: RELEASE_WAVES.operators,
      values: {
        deployment: { replicas, imagePullSecrets: images.pullSecrets.map((name) => ({ name })) },
        podDisruptionBudget: { enabled: replicas > 1, ...(replicas > 1 && { minAvailable: 1 }) },
        priorityClassName: platformPriority(cluster),
        resources: resources('100m', '128Mi', '512Mi'),
        ingressClass: { enabled: !usesGateway, isDefaultClass: false },
        providers: {
          kubernetesCRD: { enabled: false },
          kubernetesIngress: { enabled: !usesGateway },
          // Routes for TLS that goes through unopened are of this channel in this version.
          kubernetesGateway: { enabled: usesGateway, experimentalChannel: usesGateway && entry.temporal },
        },
        gatewayClass: { enabled: usesGateway },
        // The tree has its own gateway, with a listener for each name.
        gateway: { enabled: false },
        global: { checkNewVersion: false },
        ports: entry.kind === 'ingress' ? { web: { http: { redirections: { entryPoint: { to: 'websecure', scheme: 'https', permanent: true } } } } } : {},
      },
    },
    cluster,
  )
}
