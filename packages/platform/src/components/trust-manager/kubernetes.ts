import {
  askedByApiServer,
  callsApiServer,
  chartRelease,
  platformPriority,
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

const NAMESPACE = 'security'

/** Brings the roots to every namespace that trusts them. */
export const trustManagerKubernetes: KubernetesSystem = {
  name: 'trust-manager',
  contribute(cluster) {
    const system = cluster.settings.systems.trustManager
    const own = systemPods(system, pods(NAMESPACE, { app: 'trust-manager' }))
    const release = chartRelease(
      {
        chart: chartNamed('trust-manager'),
        namespace: NAMESPACE,
        wave: RELEASE_WAVES.distribution,
        values: {
          imagePullSecrets: pullSecrets(cluster),
          priorityClassName: platformPriority(cluster),
          crds: { enabled: true, keep: true },
          // Roots of the world are not brought: programs have them in their images.
          defaultPackage: { enabled: false },
          filterExpiredCertificates: { enabled: true },
          app: { logFormat: 'json', trust: { namespace: NAMESPACE } },
          resources: resources('20m', '64Mi', '128Mi'),
        },
      },
      cluster,
    )
    return {
      releases: system.run === 'here' ? [release] : [],
      objects: podMonitor({ name: 'trust-manager', pods: own, port: 9402 }, cluster),
      allowed: [
        callsApiServer(own, 'trust-manager', cluster),
        askedByApiServer(own, 6443, { what: 'trust-manager', cluster }),
        scrapedAt(own, 9402, 'trust-manager'),
      ],
      health: { 'trust.cert-manager.io/Bundle': BUNDLE_HEALTH },
    }
  },
}

const BUNDLE_HEALTH = `local health = { status = "Progressing", message = "waiting for the roots" }
if obj.status ~= nil and obj.status.conditions ~= nil then
  for _, condition in ipairs(obj.status.conditions) do
    if condition.type == "Synced" then
      health.message = condition.message
      if condition.status == "True" then health.status = "Healthy" else health.status = "Degraded" end
    end
  end
end
return health
`
