import { DiagnosticsError } from '../../model/diagnostics.ts'
import { connectionsOf } from '../../model/parties.ts'
import { workloadsOf } from '../../model/plan.ts'
import { isTrustDomain, type TrustDomain } from '../../model/values.ts'
import type { KubernetesAdapter } from './adapter.ts'
import type { Cluster } from './cluster.ts'
import { Directory } from './directory.ts'
import { argoApplications, type ArgoApplications } from './gitops/argo/index.ts'
import { namespaceObjects, priorityClasses } from './namespace-objects.ts'
import { entryConnections, entryObjects } from './entry/index.ts'
import { allowedConnections } from './network/connections.ts'
import type { Allowed } from './network/allowed.ts'
import { networkPolicies } from './network/policies.ts'
import { objectKey, type KubernetesObject } from './object.ts'
import { trusted } from './pods/mounts.ts'
import { quotas } from './quotas.ts'
import { externalSecret, secretUses } from './secrets/external-secrets.ts'
import { generatedSecrets } from './secrets/generated.ts'
import { wantedSecrets } from './secrets/wanted.ts'
import type { ChartRelease, KubernetesSystem, ManifestRelease } from './system.ts'
import { assembleSystems } from './systems/assemble.ts'
import { certificatesOf } from './trust/certificates.ts'
import { issuerPolicy } from './trust/issuer-policy.ts'
import { SYSTEMS_DOMAIN, type ClusterDomain } from './trust/names.ts'
import { roots } from './trust/roots.ts'
import { withWave, workloadWaves } from './waves.ts'
import { dialledPorts, workloadObjects } from './workloads/index.ts'

/** A cluster's whole content: objects of ours, and charts of others. */
export interface RenderedCluster {
  /** Sorted, each once. */
  readonly objects: readonly KubernetesObject[]
  /** In the order in which they are installed. */
  readonly releases: readonly ChartRelease[]
  /** What projects publish as plain manifests only. */
  readonly manifests: readonly ManifestRelease[]
  /** What brings all this to the cluster, where Argo CD does. */
  readonly applications?: ArgoApplications
  /** What the network policies were made of. */
  readonly allowed: readonly Allowed[]
}

export interface KubernetesParts {
  readonly adapters: readonly KubernetesAdapter[]
  readonly systems: readonly KubernetesSystem[]
}

/** A plan as a cluster. Pure: the same input gives the same objects. */
export function renderCluster(given: Cluster, { adapters, systems }: KubernetesParts): RenderedCluster {
  const cluster = withOwnWorkloads(given, systems)
  const { plan } = cluster
  const directory = new Directory(cluster, adapters)
  const problems = directory.adapted.flatMap(({ adaptation }) => adaptation.problems ?? [])
  if (problems.length > 0) throw new DiagnosticsError('SUN_CONFIG_INVALID', `The configuration for Kubernetes, ${plan.platform.environment},`, problems)
  const workloads = workloadsOf(plan).filter(({ runs }) => runs !== 'task')
  const assembled = assembleSystems(systems, cluster)
  const uses = secretUses(cluster, directory)
  const used = new Set(uses.map(({ secret }) => secret.name))
  const allowed = [...allowedConnections(cluster, directory), ...assembled.allowed, ...entryConnections(cluster, assembled.open)]
  const dialled = dialledPorts(plan, workloads)
  const objects = [
    ...namespaceObjects(cluster),
    ...priorityClasses(cluster),
    ...quotas(cluster, directory),
    ...issuerPolicy(cluster),
    ...roots(new Set<ClusterDomain>([...trustDomains(cluster), ...(assembled.certified ? ([SYSTEMS_DOMAIN] as const) : [])]), cluster),
    ...workloads.flatMap((workload) => [...workloadObjects(workload, { cluster, directory, dialled }), ...certificatesOf(workload, cluster, assembled.names)]),
    ...directory.adapted.flatMap(({ adaptation }) => adaptation.objects),
    ...assembled.objects,
    ...wantedSecrets(
      directory.adapted.flatMap(({ adaptation }) => adaptation.wanted ?? []),
      cluster,
    ),
    ...entryObjects(cluster, assembled.open),
    ...generatedSecrets(
      plan.secrets.filter(({ name }) => used.has(name)),
      cluster,
    ),
    ...uses.map((use) => externalSecret(use, cluster)),
    ...networkPolicies(allowed, cluster),
  ]
  const waves = workloadWaves(plan)
  const delivered = { objects: unique(objects).map((object) => withWave(object, waves)), releases: assembled.releases, manifests: assembled.manifests }
  const applications = argoApplications(cluster, delivered)
  return { ...delivered, allowed, ...(applications && { applications }) }
}

/** The plan is the same for every target; what only a cluster runs is added to it. */
function withOwnWorkloads(cluster: Cluster, systems: readonly KubernetesSystem[]): Cluster {
  const parties = [...cluster.plan.parties, ...systems.flatMap((system) => system.workloads?.(cluster) ?? [])].toSorted((a, b) => compare(a.name, b.name))
  return { ...cluster, plan: { ...cluster.plan, parties, connections: connectionsOf(parties) } }
}

function trustDomains({ plan }: Cluster): ReadonlySet<TrustDomain> {
  const own = plan.parties.flatMap((party) => (party.kind === 'workload' || party.kind === 'managed' ? party.certificates.map(({ domain }) => domain) : []))
  return new Set([...own, ...workloadsOf(plan).flatMap((workload) => trusted(workload))].filter((domain) => isTrustDomain(domain)))
}

/** Workloads may share an object, such as the dynamic configuration. Two that differ under one name are a mistake of ours. */
function unique(objects: readonly KubernetesObject[]): KubernetesObject[] {
  const byKey = new Map<string, KubernetesObject>()
  for (const object of objects) {
    const key = objectKey(object)
    const known = byKey.get(key)
    if (known && JSON.stringify(known) !== JSON.stringify(object)) throw new Error(`two objects are called ${key}`)
    byKey.set(key, object)
  }
  return [...byKey].sort(([a], [b]) => compare(a, b)).map(([, object]) => object)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
