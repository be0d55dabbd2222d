import { externalEndpoint } from '../../model/external.ts'
import { portOf } from '../../model/parties.ts'
import type { Plan } from '../../model/plan.ts'
import type { KubernetesSettings } from '../../model/settings/kubernetes.ts'
import type { PublicUrlReference } from '../../model/values.ts'
import { commonLabels } from './labels.ts'
import type { KubernetesObject } from './object.ts'

/** Settings without which there is no cluster are there. */
export type ClusterSettings = Omit<KubernetesSettings, 'domain' | 'network'> & {
  readonly domain: string
  readonly network: KubernetesSettings['network'] & { readonly apiServer: readonly string[] }
}

/** What a plan is rendered for: one cluster of one environment. */
export interface Cluster {
  readonly plan: Plan
  readonly settings: ClusterSettings
  /** Digests by image, as `./sundial images lock` found them. */
  readonly digests: Readonly<Record<string, string>>
}

/** The name of something that people or programs outside open, such as `temporal` or `orders-api`. */
export function publicHost({ settings }: Cluster, name: string): string {
  return `${name}.${settings.domain}`
}

/** As people and programs outside open it, for parties whose way of running has no addresses of its own. */
export function publicUrlOf(cluster: Cluster, { party, port, path }: Pick<PublicUrlReference, 'party' | 'port' | 'path'>): string {
  const found = cluster.plan.parties.find(({ name }) => name === party)
  const external = found?.kind === 'external' ? found.ports[port] : undefined
  return external ? `${externalEndpoint(external, 'url')}${path}` : `https://${publicHost(cluster, portOf(found, port)?.publicName ?? party)}${path}`
}

/** An image as the cluster pulls it: by digest where that is known, through the mirror where there is one. */
export function pulledImage({ settings, digests }: Cluster, image: string): string {
  const digest = digests[image]
  const pinned = digest === undefined || image.includes('@') ? image : `${image}@${digest}`
  return settings.images.mirror === undefined ? pinned : `${settings.images.mirror}/${pinned}`
}

/** An object of ours, with the labels that all of them have. */
export function ours<T extends object>(
  { plan }: Cluster,
  { apiVersion, kind, metadata, ...rest }: T & Pick<KubernetesObject, 'apiVersion' | 'kind' | 'metadata'>,
): KubernetesObject {
  return { apiVersion, kind, metadata: { ...metadata, labels: { ...commonLabels(plan.platform.name), ...metadata.labels } }, ...rest }
}
