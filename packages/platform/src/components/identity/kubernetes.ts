import type { KubernetesAdapter } from '../../targets/kubernetes/adapter.ts'
import { ours, publicHost } from '../../targets/kubernetes/kit.ts'
import { PLATFORM_BLUEPRINT } from '../authentik/names.ts'
import { blueprint, ISSUER_SLUG } from './kubernetes/blueprint.ts'
import { IDENTITY } from './names.ts'

const NAMESPACE = 'identity'

/** In a cluster: Authentik. Each client is a provider of its own there, and their tokens name one issuer. */
export const identityKubernetes: KubernetesAdapter = {
  service: IDENTITY,
  adapt(service, cluster) {
    const host = publicHost(cluster, service.ports['http']?.publicName ?? IDENTITY)
    const urlOf = (path: string): string => `https://${host}/application/o/${ISSUER_SLUG}${path}/`
    const text = blueprint(cluster, urlOf(''))
    return {
      // The chart mounts it, and Authentik applies what is in it whenever that changes.
      objects: [
        ours(cluster, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: PLATFORM_BLUEPRINT, namespace: NAMESPACE }, data: { 'platform.yaml': text } }),
      ],
      podLabels: { 'app.kubernetes.io/name': 'authentik' },
      namespace: NAMESPACE,
      endpoints: {},
      publicUrl: (_port, path) => urlOf(path),
      // Authentik has them in its environment, where the blueprint finds them.
      secrets: cluster.plan.clients.map(({ secret }) => ({ name: secret, namespace: NAMESPACE })),
    }
  },
}
