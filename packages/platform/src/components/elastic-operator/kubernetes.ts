import { managedServicesOf } from '../../model/plan.ts'
import {
  askedByApiServer,
  callsApiServer,
  chartRelease,
  platformPriority,
  podMonitor,
  pods,
  pullSecrets,
  RELEASE_WAVES,
  scrapedAt,
  systemPods,
} from '../../targets/kubernetes/kit.ts'
import type { KubernetesSystem } from '../../targets/kubernetes/system.ts'
import { chartNamed } from '../charts.ts'
import { ELASTICSEARCH } from '../elasticsearch/names.ts'

const NAMESPACE = 'operators'
const METRICS_PORT = 8080

/** Runs Elasticsearch, where Temporal's visibility is there and nobody else runs it. */
export const elasticOperatorKubernetes: KubernetesSystem = {
  name: 'elastic-operator',
  contribute(cluster) {
    if (!managedServicesOf(cluster.plan).some(({ name }) => name === ELASTICSEARCH)) return {}
    const system = cluster.settings.systems.elasticOperator
    const own = systemPods(system, pods(NAMESPACE, { 'app.kubernetes.io/name': 'elastic-operator' }))
    const release = chartRelease(
      {
        chart: chartNamed('eck-operator'),
        namespace: NAMESPACE,
        wave: RELEASE_WAVES.operators,
        values: {
          imagePullSecrets: pullSecrets(cluster),
          priorityClassName: platformPriority(cluster),
          installCRDs: true,
          managedNamespaces: ['temporal-backend'],
          podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          config: { metrics: { port: String(METRICS_PORT) } },
          // Scraped as every other system is.
          serviceMonitor: { enabled: false },
          telemetry: { disabled: true },
        },
      },
      cluster,
    )
    return {
      releases: system.run === 'here' ? [release] : [],
      objects: podMonitor({ name: 'elastic-operator', pods: own, port: METRICS_PORT }, cluster),
      allowed: [
        callsApiServer(own, 'the Elasticsearch operator', cluster),
        askedByApiServer(own, 9443, { what: 'the Elasticsearch operator', cluster }),
        scrapedAt(own, METRICS_PORT, 'the Elasticsearch operator'),
      ],
    }
  },
}
