import { SundialError } from '@sundial/platform/errors'
import type { KubernetesApi } from '../kubernetes/api.ts'
import { groupOf, type Manifest } from '../kubernetes/manifest.ts'
import { inParallel } from './in-parallel.ts'

/** A chart whose operator brings definitions, as the tree pins it. */
export interface OperatorChart {
  readonly release: string
  readonly namespace: string
  readonly repository: string
  readonly chart: string
  readonly version: string
}

/** Which operator's definitions a group of the API belongs to, by the name of its release in the tree. */
const RELEASE_OF_GROUP: Readonly<Record<string, string>> = {
  'cert-manager.io': 'cert-manager',
  'acme.cert-manager.io': 'cert-manager',
  'trust.cert-manager.io': 'trust-manager',
  'external-secrets.io': 'external-secrets',
  'generators.external-secrets.io': 'external-secrets',
  'postgresql.cnpg.io': 'cloudnative-pg',
  'barmancloud.cnpg.io': 'plugin-barman-cloud',
  'elasticsearch.k8s.elastic.co': 'eck-operator',
  'monitoring.coreos.com': 'kube-prometheus-stack',
  'opentelemetry.io': 'opentelemetry-operator',
  'keda.sh': 'keda',
  'gateway.networking.k8s.io': 'traefik',
  'temporal.io': 'temporal-worker-controller',
  'gravitee.io': 'gko',
}

/**
 * Makes sure that the cluster knows every kind of object that is to be applied.
 * @throws SundialError `SUN_CLUSTER_UNSUITABLE` that lists what is missing and how each operator is installed
 */
export async function requireDefinitions(objects: readonly Manifest[], charts: readonly OperatorChart[], api: KubernetesApi): Promise<void> {
  const kinds = [...new Map(objects.map((object) => [`${object.apiVersion} ${object.kind}`, object])).values()]
  const known = await inParallel(kinds, (kind) => api.knows(kind))
  // What the objects themselves define is there when its turn comes.
  const own = new Set(objects.filter(({ kind }) => kind === 'CustomResourceDefinition').map(({ spec }) => (spec as { readonly group: string }).group))
  const missing = kinds.filter(({ apiVersion }, index) => known[index] !== true && !own.has(groupOf(apiVersion)))
  if (missing.length === 0) return
  const releases = [...new Set(missing.map(({ apiVersion }) => RELEASE_OF_GROUP[groupOf(apiVersion)]).filter((release) => release !== undefined))]
  throw new SundialError(
    'SUN_CLUSTER_UNSUITABLE',
    `the cluster does not know these kinds, whose operators are missing or too old:\n${missing.map(({ apiVersion, kind }) => `  ${kind} of ${apiVersion}`).join('\n')}`,
    { hint: ['Nothing was changed. Install what is missing:', ...releases.map((release) => `  ${installation(release, charts)}`)].join('\n') },
  )
}

function installation(release: string, charts: readonly OperatorChart[]): string {
  const chart = charts.find((candidate) => candidate.release === release)
  if (!chart) return `the operator ${release}`
  const { namespace, repository, version } = chart
  const source = repository.startsWith('oci://') ? `${repository}/${chart.chart}` : `${chart.chart} --repo ${repository}`
  return `helm upgrade --install ${release} ${source} --version ${version} --namespace ${namespace} --create-namespace`
}
