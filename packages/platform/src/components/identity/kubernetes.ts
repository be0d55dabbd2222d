import type { KubernetesAdapter } from '../../targets/kubernetes/adapter.ts'
import { publicHost } from '../../targets/kubernetes/kit.ts'
import { IDENTITY } from './names.ts'

/** In a cluster: Authentik. Tokens of every client name one issuer. */
export const identityKubernetes: KubernetesAdapter = {
  service: IDENTITY,
  adapt(_service, cluster) {
    return {
      objects: [],
      podLabels: { 'app.kubernetes.io/name': 'authentik' },
      endpoints: {},
      publicUrl: (_port, path) => `https://${publicHost(cluster, 'auth')}/application/o/temporal${path}/`,
    }
  },
}
