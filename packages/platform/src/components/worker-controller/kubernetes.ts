import { askedByApiServer, callsApiServer, chartRelease, copies, pods, RELEASE_WAVES, resources, scrapedAt, systemPods } from '../../targets/kubernetes/kit.ts'
import type { KubernetesSystem } from '../../targets/kubernetes/system.ts'
import { chartNamed } from '../charts.ts'

const NAMESPACE = 'operators'
const METRICS_PORT = 8080

/** Temporal's controller for versioned workers. What it calls Temporal with people say in its own objects. */
export const workerControllerKubernetes: KubernetesSystem = {
  name: 'worker-controller',
  contribute(cluster) {
    const system = cluster.settings.systems.workerController
    if (system.run === 'off') return {}
    const own = systemPods(system, pods(NAMESPACE, { 'app.kubernetes.io/name': 'temporal-worker-controller' }))
    const frontend = pods('temporal-backend', { 'app.kubernetes.io/name': 'temporal-frontend' })
    const common = { namespace: NAMESPACE, wave: RELEASE_WAVES.operators } as const
    const definitions = chartRelease({ chart: chartNamed('temporal-worker-controller-crds'), ...common, values: {} }, cluster)
    const release = chartRelease(
      {
        chart: chartNamed('temporal-worker-controller'),
        ...common,
        values: {
          image: { pullSecrets: cluster.settings.images.pullSecrets.map((name) => ({ name })) },
          replicas: copies(cluster),
          rbac: { restrictWatchNamespaces: ['temporal-product'] },
          securityContext: { seccompProfile: { enabled: true } },
          // Policies say who scrapes it.
          metrics: { disableAuth: true },
          certmanager: { enabled: true, install: false },
          resources: resources('20m', '64Mi', '256Mi'),
        },
      },
      cluster,
    )
    return {
      releases: system.run === 'here' ? [definitions, release] : [],
      allowed: [
        callsApiServer(own, 'the worker controller', cluster),
        askedByApiServer(own, 9443, { what: 'the worker controller', cluster }),
        scrapedAt(own, METRICS_PORT, 'the worker controller'),
        { from: own, to: frontend, ports: [{ number: 7233 }], why: 'the worker controller asks Temporal who polls' },
      ],
    }
  },
}
