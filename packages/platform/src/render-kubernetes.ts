import { argoCdKubernetes } from './components/argo-cd/kubernetes.ts'
import { authentikKubernetes } from './components/authentik/kubernetes.ts'
import { certManagerKubernetes } from './components/cert-manager/kubernetes.ts'
import { cloudNativePgKubernetes } from './components/cloudnative-pg/kubernetes.ts'
import { collectorKubernetes } from './components/collector/kubernetes.ts'
import { elasticOperatorKubernetes } from './components/elastic-operator/kubernetes.ts'
import { elasticsearchKubernetes } from './components/elasticsearch/kubernetes.ts'
import { elasticsearchSnapshotsKubernetes } from './components/elasticsearch/kubernetes/snapshots.ts'
import { externalSecretsKubernetes } from './components/external-secrets/kubernetes.ts'
import { gatewayDefinitionsKubernetes } from './components/gateway-definitions/kubernetes.ts'
import { graviteeKubernetes } from './components/gravitee/kubernetes.ts'
import { identityKubernetes } from './components/identity/kubernetes.ts'
import { jaegerKubernetes } from './components/jaeger/kubernetes.ts'
import { kedaKubernetes } from './components/keda/kubernetes.ts'
import { loggingKubernetes } from './components/logging/kubernetes.ts'
import { openTelemetryOperatorKubernetes } from './components/opentelemetry-operator/kubernetes.ts'
import { postgresqlKubernetes } from './components/postgresql/kubernetes.ts'
import { prometheusKubernetes } from './components/prometheus/kubernetes.ts'
import { reloaderKubernetes } from './components/reloader/kubernetes.ts'
import { temporalKubernetes } from './components/temporal/kubernetes.ts'
import { temporalEntryKubernetes } from './components/temporal/kubernetes/entry.ts'
import { traefikKubernetes } from './components/traefik/kubernetes.ts'
import { trustManagerKubernetes } from './components/trust-manager/kubernetes.ts'
import { vaultKubernetes } from './components/vault/kubernetes.ts'
import { workerControllerKubernetes } from './components/worker-controller/kubernetes.ts'
import { DiagnosticsError, type Diagnostic } from './model/diagnostics.ts'
import type { EnvironmentName } from './model/input.ts'
import type { Plan } from './model/plan.ts'
import type { KubernetesAdapter } from './targets/kubernetes/adapter.ts'
import type { Cluster } from './targets/kubernetes/cluster.ts'
import { argoFiles } from './targets/kubernetes/gitops/argo/files.ts'
import type { OutputFile } from './targets/kubernetes/gitops/output-file.ts'
import { kustomizeTree } from './targets/kubernetes/gitops/tree.ts'
import { renderCluster, type RenderedCluster } from './targets/kubernetes/render.ts'
import type { KubernetesSystem } from './targets/kubernetes/system.ts'

const ADAPTERS: readonly KubernetesAdapter[] = [postgresqlKubernetes, elasticsearchKubernetes, identityKubernetes, collectorKubernetes]
/** Every system that only a cluster has. Adding one is a folder, a line here, and its settings in the model. */
export const SYSTEMS: readonly KubernetesSystem[] = [
  gatewayDefinitionsKubernetes,
  certManagerKubernetes,
  trustManagerKubernetes,
  externalSecretsKubernetes,
  vaultKubernetes,
  reloaderKubernetes,
  cloudNativePgKubernetes,
  elasticOperatorKubernetes,
  elasticsearchSnapshotsKubernetes,
  prometheusKubernetes,
  openTelemetryOperatorKubernetes,
  jaegerKubernetes,
  kedaKubernetes,
  workerControllerKubernetes,
  loggingKubernetes,
  temporalKubernetes,
  temporalEntryKubernetes,
  traefikKubernetes,
  authentikKubernetes,
  graviteeKubernetes,
  argoCdKubernetes,
]

export interface KubernetesOptions {
  /** Digests by image: what `./sundial images lock` wrote. @default none */
  readonly digests?: Readonly<Record<string, string>>
}

/**
 * The plan of one environment as the content of a cluster.
 * @throws DiagnosticsError `SUN_CONFIG_INVALID` with every setting that only a cluster needs and that is missing
 */
export function renderKubernetes(plan: Plan, { digests = {} }: KubernetesOptions = {}): RenderedCluster {
  const cluster = clusterOf(plan, digests)
  const problems = SYSTEMS.flatMap((system) => system.check?.(cluster) ?? [])
  if (problems.length > 0) throw new DiagnosticsError('SUN_CONFIG_INVALID', configurationOf(plan), problems)
  return renderCluster(cluster, { adapters: ADAPTERS, systems: SYSTEMS })
}

/** The GitOps tree of several environments. */
export function renderTree(clusters: ReadonlyMap<EnvironmentName, RenderedCluster>): OutputFile[] {
  const tree = kustomizeTree(new Map([...clusters].map(([name, { objects }]) => [name, objects])))
  return [...tree, ...[...clusters].flatMap(([name, { applications }]) => (applications ? argoFiles(name, applications) : []))]
}

function clusterOf(plan: Plan, digests: Readonly<Record<string, string>>): Cluster {
  const { kubernetes, applications } = plan.platform
  const { domain, network } = kubernetes
  const { apiServer } = network
  const problems: Diagnostic[] = [
    ...(domain === undefined ? [{ path: 'kubernetes.domain', message: 'is missing: a cluster needs a domain that people and programs reach it at' }] : []),
    ...(apiServer === undefined
      ? [
          {
            path: 'kubernetes.network.apiServer',
            message: 'is missing: network policies need the addresses of the Kubernetes API server',
            hint: 'kubectl get endpointslices kubernetes -o yaml shows them; write them as ranges, such as "10.0.0.4/32"',
          },
        ]
      : []),
    ...Object.entries(applications).flatMap(([name, { image }]) =>
      image === undefined
        ? [{ path: `applications.${name}.image`, message: `is missing: a cluster needs the image that the processes of ${name} run from` }]
        : [],
    ),
  ]
  if (domain === undefined || apiServer === undefined || problems.length > 0) throw new DiagnosticsError('SUN_CONFIG_INVALID', configurationOf(plan), problems)
  return { plan, settings: { ...kubernetes, domain, network: { ...network, apiServer } }, digests }
}

function configurationOf({ platform }: Plan): string {
  return `The configuration for Kubernetes, ${platform.environment},`
}
