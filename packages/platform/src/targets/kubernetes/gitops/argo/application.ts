import { ours, type Cluster } from '../../cluster.ts'
import type { NamespaceName } from '../../namespaces.ts'
import type { KubernetesObject } from '../../object.ts'
import type { Chart, IgnoredDifference } from '../../system.ts'
import { ARGO_NAMESPACE, SERVER } from './names.ts'

/** An application of Argo CD: something pinned, brought to one namespace and kept as it is said. */
export interface Application {
  readonly name: string
  readonly namespace: NamespaceName
  readonly wave: number
  readonly source: object
  /** Objects that are said no longer are removed. @default true */
  readonly prune?: boolean
  readonly ignoreDifferences?: readonly IgnoredDifference[]
}

const OPTIONS = [
  // Definitions of kinds are too large for the other way, and a field belongs to whoever set it.
  'ServerSideApply=true',
  // What a scaler set stays, not only in what is shown.
  'RespectIgnoreDifferences=true',
  // A kind comes with the chart of the same wave.
  'SkipDryRunOnMissingResource=true',
  'PruneLast=true',
] as const

/** A kind, a webhook or a secret may be there a little later than what needs it. */
const RETRY = { limit: 20, backoff: { duration: '10s', factor: 2, maxDuration: '5m' } } as const

export function application({ name, namespace, wave, source, prune = true, ignoreDifferences = [] }: Application, cluster: Cluster): KubernetesObject {
  return ours(cluster, {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: ARGO_NAMESPACE, annotations: { 'argocd.argoproj.io/sync-wave': String(wave) } },
    spec: {
      project: cluster.plan.platform.name,
      source,
      destination: { server: SERVER, namespace },
      syncPolicy: { automated: { prune, selfHeal: true }, syncOptions: OPTIONS, retry: RETRY },
      ...(ignoreDifferences.length > 0 && { ignoreDifferences }),
      revisionHistoryLimit: 5,
    },
  })
}

/** Where Argo CD finds a chart. One in a registry is an artefact with the chart at its root. */
export function chartSource({ repository, name, version }: Chart): {
  readonly repoURL: string
  readonly targetRevision: string
  readonly [key: string]: string
} {
  return repository.startsWith('oci://')
    ? { repoURL: `${repository}/${name}`, path: '.', targetRevision: version }
    : { repoURL: repository, chart: name, targetRevision: version }
}
