import {
  callsApiServer,
  chartRelease,
  podMonitor,
  pods,
  pullSecrets,
  RELEASE_WAVES,
  resources,
  RESTRICTED_CONTAINER,
  scrapedAt,
  systemPods,
} from '../../targets/kubernetes/kit.ts'
import type { KubernetesSystem } from '../../targets/kubernetes/system.ts'
import { chartNamed } from '../charts.ts'

const NAMESPACE = 'operators'
const PORT = 9090

/** Replaces the pods of a workload when a secret changes that they read once. */
export const reloaderKubernetes: KubernetesSystem = {
  name: 'reloader',
  contribute(cluster) {
    const system = cluster.settings.systems.reloader
    if (system.run === 'off') return {}
    const own = systemPods(system, pods(NAMESPACE, { app: 'reloader' }))
    const release = chartRelease(
      {
        chart: chartNamed('reloader'),
        namespace: NAMESPACE,
        wave: RELEASE_WAVES.operators,
        values: {
          global: { imagePullSecrets: pullSecrets(cluster) },
          fullnameOverride: 'reloader',
          reloader: {
            // An annotation of the pods; a variable would be a difference that Argo CD undoes.
            reloadStrategy: 'annotations',
            readOnlyRootFileSystem: true,
            logFormat: 'json',
            deployment: { containerSecurityContext: RESTRICTED_CONTAINER, resources: resources('20m', '128Mi', '256Mi') },
          },
        },
      },
      cluster,
    )
    return {
      releases: system.run === 'here' ? [release] : [],
      objects: podMonitor({ name: 'reloader', pods: own, port: PORT }, cluster),
      allowed: [callsApiServer(own, 'reloader', cluster), scrapedAt(own, PORT, 'reloader')],
    }
  },
}
