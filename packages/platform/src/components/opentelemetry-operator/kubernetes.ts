import { managedServicesOf } from '../../model/plan.ts'
import {
  askedByApiServer,
  callsApiServer,
  chartRelease,
  podMonitor,
  pods,
  pullSecrets,
  RELEASE_WAVES,
  resources,
  scrapedAt,
  systemPods,
} from '../../targets/kubernetes/kit.ts'
import type { KubernetesSystem } from '../../targets/kubernetes/system.ts'
import { chartNamed } from '../charts.ts'
import { COLLECTOR } from '../collector/names.ts'

const NAMESPACE = 'operators'
const METRICS_PORT = 8080

/** Runs the OpenTelemetry Collector, where something is traced and nobody else takes the traces. */
export const openTelemetryOperatorKubernetes: KubernetesSystem = {
  name: 'opentelemetry-operator',
  contribute(cluster) {
    if (!managedServicesOf(cluster.plan).some(({ name }) => name === COLLECTOR)) return {}
    const system = cluster.settings.systems.openTelemetryOperator
    const own = systemPods(system, pods(NAMESPACE, { 'app.kubernetes.io/name': 'opentelemetry-operator' }))
    const release = chartRelease(
      {
        chart: chartNamed('opentelemetry-operator'),
        namespace: NAMESPACE,
        wave: RELEASE_WAVES.operators,
        values: {
          imagePullSecrets: pullSecrets(cluster),
          crds: { create: true },
          admissionWebhooks: { certManager: { enabled: true } },
          manager: {
            // Policies say who scrapes it.
            metrics: { secure: false },
            ports: { metricsPort: METRICS_PORT },
            resources: resources('50m', '128Mi', '256Mi'),
          },
        },
      },
      cluster,
    )
    return {
      releases: system.run === 'here' ? [release] : [],
      objects: podMonitor({ name: 'opentelemetry-operator', pods: own, port: METRICS_PORT }, cluster),
      allowed: [
        callsApiServer(own, 'the OpenTelemetry operator', cluster),
        askedByApiServer(own, 9443, { what: 'the OpenTelemetry operator', cluster }),
        scrapedAt(own, METRICS_PORT, 'the OpenTelemetry operator'),
      ],
    }
  },
}
