import { ours, type Cluster } from '../cluster.ts'
import type { PodsPeer } from '../network/allowed.ts'
import type { KubernetesObject } from '../object.ts'

interface Scraped {
  readonly name: string
  readonly pods: PodsPeer
  /** Name or number of the port. */
  readonly port: string | number
  /** @default /metrics */
  readonly path?: string
  readonly more?: object
}

/**
 * Has a system of others scraped. All of these are beside Prometheus, not beside the systems: those are there before Prometheus' operator, and its kinds.
 */
export function podMonitor({ name, pods, port, path = '/metrics', more }: Scraped, cluster: Cluster): KubernetesObject[] {
  if (cluster.settings.systems.monitoring.run === 'off') return []
  return [
    ours(cluster, {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { name, namespace: 'monitoring' },
      spec: {
        namespaceSelector: { matchNames: [pods.namespace] },
        selector: { matchLabels: pods.labels ?? {} },
        podMetricsEndpoints: [{ ...(typeof port === 'string' ? { port } : { portNumber: port }), path, interval: '30s', ...more }],
      },
    }),
  ]
}
