import type { EnvironmentName, PlatformInput } from '../model/input.ts'
import type { KubernetesInput } from '../model/settings/kubernetes.ts'
import { resolvePlatform } from '../model/platform.ts'
import { makePlan } from '../plan.ts'
import { renderKubernetes } from '../render-kubernetes.ts'
import type { RenderedCluster } from '../targets/kubernetes/render.ts'
import { input } from './platform.ts'

const KUBERNETES = {
  domain: 'example.com',
  network: { apiServer: ['192.0.2.1/32'] },
  backups: { destination: 's3://backups/shop' },
  entry: { email: 'ops@example.com' },
  repository: { url: 'https://git.example.com/shop.git', revision: 'v1.0.0' },
} satisfies KubernetesInput

/** A platform with one application that can be rendered for a cluster; its worker gets copies by its backlog. */
export const clusterInput: PlatformInput = {
  ...input,
  kubernetes: KUBERNETES,
  // What load adds opens connections, too.
  postgresql: { maxConnections: 500 },
  applications: {
    shop: { ...input.applications.shop, image: 'registry.example.com/shop:1.0.0', worker: { ...input.applications.shop.worker, maxReplicas: 10 } },
  },
}

/** The cluster of an environment. */
export function renderedCluster(
  kubernetes: KubernetesInput = {},
  environment: EnvironmentName = 'production',
  platform: Partial<PlatformInput> = {},
): RenderedCluster {
  const whole = { ...clusterInput, ...platform, kubernetes: { ...KUBERNETES, ...kubernetes } }
  return renderKubernetes(makePlan(resolvePlatform(whole, environment)))
}
