import type { Cluster } from '../../cluster.ts'
import { isNamespace } from '../../namespaces.ts'
import type { KubernetesObject } from '../../object.ts'
import type { ChartRelease, IgnoredDifference, ManifestRelease, Values } from '../../system.ts'
import { FOUNDATION_UNIT, unitOf, unitsOf } from '../units.ts'
import { application, chartSource } from './application.ts'
import { ARGO_NAMESPACE, unitApplication, type Repository } from './names.ts'
import { project } from './project.ts'
import { unitWave } from './waves.ts'

/** What brings a tree to a cluster. */
export interface ArgoApplications {
  /** What people apply once: the project, and the application of all applications. */
  readonly bootstrap: readonly KubernetesObject[]
  /** One for each chart, for manifests of others, and for each unit. */
  readonly applications: readonly KubernetesObject[]
  /** The chart of Argo CD itself, for the first time: from then on it is one of the applications. */
  readonly argo?: ChartRelease
}

export interface Delivered {
  readonly releases: readonly ChartRelease[]
  readonly manifests: readonly ManifestRelease[]
  readonly objects: readonly KubernetesObject[]
}

/** The applications of one environment. Nothing without a repository, or where something else brings the tree. */
export function argoApplications(cluster: Cluster, delivered: Delivered): ArgoApplications | undefined {
  const { repository, systems } = cluster.settings
  if (!repository || systems.argoCd.run === 'off') return undefined
  const { releases, manifests, objects } = delivered
  const argo = releases.find(({ namespace }) => namespace === ARGO_NAMESPACE)
  return {
    bootstrap: [project({ repository, releases, manifests }, cluster), root(repository, cluster)],
    applications: [
      ...manifests.map((manifest) => manifestApplication(manifest, cluster)),
      ...releases.map((release) => chartApplication(release, cluster)),
      ...unitsOf(objects).map((unit) => unitOfTree({ unit, repository, objects }, cluster)),
    ],
    ...(argo && { argo }),
  }
}

/** The application of applications: it is among them, too. */
function root(repository: Repository, cluster: Cluster): KubernetesObject {
  const { name, environment } = cluster.plan.platform
  return application({ name, namespace: ARGO_NAMESPACE, wave: 0, source: fromTree(repository, `applications/${environment}`) }, cluster)
}

function fromTree({ url, revision, path }: Repository, folder: string): object {
  return { repoURL: url, targetRevision: revision, path: path === '.' ? folder : `${path.replace(/\/$/, '')}/${folder}` }
}

function manifestApplication({ name, namespace, wave, repository, revision, path }: ManifestRelease, cluster: Cluster): KubernetesObject {
  // Without its kinds, everything of them would go.
  return application({ name, namespace, wave, prune: false, source: { repoURL: repository, targetRevision: revision, path } }, cluster)
}

function chartApplication({ name, namespace, wave, chart, values, ignoreDifferences }: ChartRelease, cluster: Cluster): KubernetesObject {
  const helm = { releaseName: name, valuesObject: withoutAbsent(values) }
  return application({ name, namespace, wave, source: { ...chartSource(chart), helm }, ...(ignoreDifferences && { ignoreDifferences }) }, cluster)
}

interface UnitOfTree {
  readonly unit: string
  readonly repository: Repository
  readonly objects: readonly KubernetesObject[]
}

function unitOfTree({ unit, repository, objects }: UnitOfTree, cluster: Cluster): KubernetesObject {
  const own = objects.filter((object) => unitOf(object) === unit)
  return application(
    {
      name: unitApplication(unit),
      namespace: isNamespace(unit) ? unit : ARGO_NAMESPACE,
      wave: unitWave(unit),
      source: fromTree(repository, `overlays/${cluster.plan.platform.environment}/${unit}`),
      // A namespace that goes takes everything in it: people remove one.
      prune: unit !== FOUNDATION_UNIT,
      ignoreDifferences: own.flatMap(scaled),
    },
    cluster,
  )
}

/** A scaler owns the number of copies. */
function scaled({ kind, metadata }: KubernetesObject): IgnoredDifference[] {
  if (kind !== 'HorizontalPodAutoscaler' && kind !== 'ScaledObject') return []
  return [{ group: 'apps', kind: 'Deployment', name: metadata.name, jsonPointers: ['/spec/replicas'] }]
}

/** Values as they are written: what is undefined is not there. */
function withoutAbsent(values: Values): Values {
  return JSON.parse(JSON.stringify(values)) as Values
}
