import { ours, type Cluster } from '../../cluster.ts'
import { NAMESPACES } from '../../namespaces.ts'
import type { KubernetesObject } from '../../object.ts'
import type { ChartRelease, ManifestRelease } from '../../system.ts'
import { chartSource } from './application.ts'
import { ARGO_NAMESPACE, SERVER, type Repository } from './names.ts'

/** Kinds of the whole cluster that the tree and the charts have. */
const CLUSTER_KINDS: Readonly<Record<string, readonly string[]>> = {
  '': ['Namespace'],
  'admissionregistration.k8s.io': [
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'cert-manager.io': ['ClusterIssuer'],
  'external-secrets.io': ['ClusterSecretStore'],
  'gateway.networking.k8s.io': ['GatewayClass'],
  'networking.k8s.io': ['IngressClass'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'scheduling.k8s.io': ['PriorityClass'],
  'trust.cert-manager.io': ['Bundle'],
}

/** Charts that watch the cluster itself, or serve metrics for it, have a service or a role there. */
const CLUSTERS_OWN_NAMESPACE = 'kube-system'

interface Sources {
  readonly repository: Repository
  readonly releases: readonly ChartRelease[]
  readonly manifests: readonly ManifestRelease[]
}

/** What the applications may bring, from where, to where: nothing else, whoever changes the tree. */
export function project({ repository, releases, manifests }: Sources, cluster: Cluster): KubernetesObject {
  const { name, environment } = cluster.plan.platform
  const sources = [repository.url, ...releases.map(({ chart }) => chartSource(chart).repoURL), ...manifests.map((manifest) => manifest.repository)]
  return ours(cluster, {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name, namespace: ARGO_NAMESPACE },
    spec: {
      description: `${name}, ${environment}`,
      sourceRepos: [...new Set(sources)].sort(),
      destinations: [...Object.keys(NAMESPACES), CLUSTERS_OWN_NAMESPACE].map((namespace) => ({ server: SERVER, namespace })),
      clusterResourceWhitelist: Object.entries(CLUSTER_KINDS).flatMap(([group, kinds]) => kinds.map((kind) => ({ group, kind }))),
      orphanedResources: { warn: false },
    },
  })
}
