import type { EnvironmentName, PlatformInput } from '../model/input.ts'
import { managedServicesOf } from '../model/plan.ts'
import { resolvePlatform } from '../model/platform.ts'
import { makePlan } from '../plan.ts'
import type { KubernetesAdaptation, KubernetesAdapter } from '../targets/kubernetes/adapter.ts'
import type { Cluster } from '../targets/kubernetes/cluster.ts'
import type { KubernetesObject } from '../targets/kubernetes/object.ts'
import { input } from './platform.ts'

/** The test platform in a cluster, with some settings replaced. */
export function clusterOf(environment: EnvironmentName, settings: Partial<PlatformInput> = {}): Cluster {
  const plan = makePlan(resolvePlatform({ ...input, kubernetes: { domain: 'example.com' }, ...settings }, environment))
  const { network, ...kubernetes } = plan.platform.kubernetes
  return { plan, settings: { ...kubernetes, domain: 'example.com', network: { ...network, apiServer: ['192.0.2.1/32'] } }, digests: {} }
}

/** What an adapter makes of its service in a cluster. */
export function adapt(adapter: KubernetesAdapter, cluster: Cluster): KubernetesAdaptation {
  const service = managedServicesOf(cluster.plan).find(({ name }) => name === adapter.service)
  if (!service) throw new Error(`the plan has no ${adapter.service}`)
  return adapter.adapt(service, cluster)
}

/** An object with its fields open: what a test looks into. */
// oxlint-disable-next-line typescript/no-explicit-any -- what a test expects of an object is its type
export type Open = KubernetesObject & { readonly spec: any; readonly data: Readonly<Record<string, string>> }

export function find({ objects }: { readonly objects: readonly KubernetesObject[] }, kind: string, name?: string): Open {
  const found = objects.filter((object) => object.kind === kind && (name === undefined || object.metadata.name === name))
  if (found.length !== 1) throw new Error(`${found.length} objects are ${kind} ${name ?? ''}`)
  return found[0] as Open
}
