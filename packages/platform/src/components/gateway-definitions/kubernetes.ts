import { RELEASE_WAVES } from '../../targets/kubernetes/kit.ts'
import type { KubernetesSystem } from '../../targets/kubernetes/system.ts'
import { GATEWAY_API } from '../charts.ts'

/** The kinds of the Gateway API. They are there before whatever looks for them when it starts. */
export const gatewayDefinitionsKubernetes: KubernetesSystem = {
  name: 'gateway-definitions',
  contribute({ settings: { entry, systems } }) {
    if (entry.kind !== 'gateway' || systems.gatewayDefinitions.run === 'present') return {}
    const { repository, revision } = GATEWAY_API
    const isExperimental = entry.temporal && entry.className === 'traefik'
    return {
      manifests: [
        {
          name: 'gateway-definitions',
          namespace: 'gateway',
          repository,
          revision,
          path: isExperimental ? 'config/crd/experimental' : 'config/crd',
          wave: RELEASE_WAVES.definitions,
        },
      ],
    }
  },
}
