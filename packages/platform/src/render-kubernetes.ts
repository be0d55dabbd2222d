import { identityKubernetes } from './components/identity/kubernetes.ts'
import { postgresqlKubernetes } from './components/postgresql/kubernetes.ts'
import { DiagnosticsError, type Diagnostic } from './model/diagnostics.ts'
import type { EnvironmentName } from './model/input.ts'
import type { Plan } from './model/plan.ts'
import type { KubernetesAdapter } from './targets/kubernetes/adapter.ts'
import type { Cluster } from './targets/kubernetes/cluster.ts'
import type { OutputFile } from './targets/kubernetes/gitops/output-file.ts'
import { kustomizeTree } from './targets/kubernetes/gitops/tree.ts'
import { renderCluster, type RenderedCluster } from './targets/kubernetes/render.ts'
import type { KubernetesSystem } from './targets/kubernetes/system.ts'

const ADAPTERS: readonly KubernetesAdapter[] = [postgresqlKubernetes, identityKubernetes]
const SYSTEMS: readonly KubernetesSystem[] = []

export interface KubernetesOptions {
  /** Digests by image: what `./sundial images lock` wrote. @default none */
  readonly digests?: Readonly<Record<string, string>>
}

/**
 * The plan of one environment as the content of a cluster.
 * @throws DiagnosticsError `SUN_CONFIG_INVALID` with every setting that only a cluster needs and that is missing
 */
export function renderKubernetes(plan: Plan, { digests = {} }: KubernetesOptions = {}): RenderedCluster {
  return renderCluster(clusterOf(plan, digests), { adapters: ADAPTERS, systems: SYSTEMS })
}

/** The GitOps tree of several environments. */
export function renderTree(clusters: ReadonlyMap<EnvironmentName, RenderedCluster>): OutputFile[] {
  return kustomizeTree(new Map([...clusters].map(([name, { objects }]) => [name, objects])))
}

function clusterOf(plan: Plan, digests: Readonly<Record<string, string>>): Cluster {
  const { kubernetes, applications } = plan.platform
  const { domain } = kubernetes
  const problems: Diagnostic[] = [
    ...(domain === undefined ? [{ path: 'kubernetes.domain', message: 'is missing: a cluster needs a domain that people and programs reach it at' }] : []),
    ...Object.entries(applications).flatMap(([name, { image }]) =>
      image === undefined
        ? [{ path: `applications.${name}.image`, message: `is missing: a cluster needs the image that the processes of ${name} run from` }]
        : [],
    ),
  ]
  if (domain === undefined || problems.length > 0)
    throw new DiagnosticsError('SUN_CONFIG_INVALID', `The configuration for Kubernetes, ${plan.platform.environment},`, problems)
  return { plan, settings: { ...kubernetes, domain }, digests }
}
