import type { KubernetesApi } from '../kubernetes/api.ts'
import type { Manifest } from '../kubernetes/manifest.ts'
import { gibibytes, quantity } from './quantity.ts'

/** What a cluster must have at least. */
export interface ClusterMinimum {
  readonly nodes: number
  readonly cores: number
  readonly memoryGib: number
  readonly storageGib: number
}

/** The guide's figures: the smallest cluster that the platform fits into, and what production needs. */
export const SMALLEST_CLUSTER: ClusterMinimum = { nodes: 3, cores: 8, memoryGib: 16, storageGib: 100 }
export const PRODUCTION_CLUSTER: ClusterMinimum = { nodes: 6, cores: 32, memoryGib: 64, storageGib: 500 }

/** The oldest minor version of Kubernetes that has everything that is rendered: three minor versions are maintained at a time. */
const OLDEST_MINOR = 34

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class'

export interface Finding {
  /** What was looked at, such as `memory`. */
  readonly subject: string
  readonly level: 'ok' | 'warning' | 'error'
  readonly found: string
  /** What is wrong and what to do; empty if it is well. */
  readonly advice: string
}

/**
 * Looks at a cluster before anything is changed: its version, its nodes and what they have, where volumes come from.
 * What production lacks is an error there; elsewhere, what is smaller than the smallest useful cluster is a warning.
 */
export async function preflight(environment: string, objects: readonly Manifest[], api: KubernetesApi): Promise<readonly Finding[]> {
  const production = environment === 'production'
  const minimum = production ? PRODUCTION_CLUSTER : SMALLEST_CLUSTER
  const [version, nodes, classes] = await Promise.all([
    api.version(),
    api.list({ apiVersion: 'v1', kind: 'Node' }),
    api.list({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' }),
  ])
  const usable = nodes.filter(isUsable)
  const total = (resource: string) => usable.reduce((sum, { status }) => sum + quantity(allocatable(status)[resource]), 0)
  const compare = (subject: keyof ClusterMinimum, found: number, unit: string): Finding => ({
    subject: SUBJECTS[subject],
    level: found >= minimum[subject] ? 'ok' : production ? 'error' : 'warning',
    found: `${found}${unit}`,
    advice: found >= minimum[subject] ? '' : `${production ? 'production needs' : 'the platform wants'} ${minimum[subject]}${unit} or more`,
  })
  return [
    checkVersion(version),
    compare('nodes', usable.length, ''),
    compare('cores', Math.round(total('cpu') * 10) / 10, ' cores'),
    compare('memoryGib', gibibytes(total('memory')), ' GiB'),
    checkStorageClass(objects, classes),
    ...(await storage(api, (found) => compare('storageGib', found, ' GiB'))),
  ]
}

const SUBJECTS: Readonly<Record<keyof ClusterMinimum, string>> = { nodes: 'nodes', cores: 'processors', memoryGib: 'memory', storageGib: 'storage' }

function checkVersion(version: string): Finding {
  const [, major = '0', minor = '0'] = /^v(\d+)\.(\d+)/.exec(version) ?? []
  const old = Number(major) === 1 && Number(minor) < OLDEST_MINOR
  return {
    subject: 'version',
    level: old ? 'error' : 'ok',
    found: version,
    advice: old ? `Kubernetes 1.${OLDEST_MINOR} or newer is needed: upgrade the cluster` : '',
  }
}

/** Volumes without a class get the default one; without a default they wait forever. */
function checkStorageClass(objects: readonly Manifest[], classes: readonly Manifest[]): Finding {
  const names = classes.map(({ metadata }) => metadata.name)
  const byDefault = classes.filter(({ metadata }) => metadata.annotations?.[DEFAULT_CLASS] === 'true').map(({ metadata }) => metadata.name)
  const missing = classesOf(objects).filter((name) => !names.includes(name))
  const subject = 'storage class'
  if (missing.length > 0) {
    return {
      subject,
      level: 'error',
      found: names.join(', ') || 'none',
      advice: `there is no storage class ${missing.join(', ')}: make it, or set kubernetes.storageClass`,
    }
  }
  if (byDefault.length > 0 || classesOf(objects).length > 0) return { subject, level: 'ok', found: byDefault[0] ?? classesOf(objects).join(', '), advice: '' }
  return {
    subject,
    level: 'error',
    found: names.length === 0 ? 'none' : `${names.join(', ')}, none of them the default`,
    advice: `mark one as the default (annotation ${DEFAULT_CLASS}), or name one in kubernetes.storageClass`,
  }
}

function classesOf(objects: readonly Manifest[]): string[] {
  const claims = objects
    .filter(({ kind }) => kind === 'PersistentVolumeClaim')
    .map(({ spec }) => (spec as { readonly storageClassName?: string }).storageClassName)
  return [...new Set(claims.filter((name) => name !== undefined))]
}

/** Only some storage drivers publish what they have left. */
async function storage(api: KubernetesApi, compare: (gib: number) => Finding): Promise<Finding[]> {
  const capacities = await api.list({ apiVersion: 'storage.k8s.io/v1', kind: 'CSIStorageCapacity' })
  if (capacities.length === 0) return []
  return [compare(gibibytes(capacities.reduce((sum, each) => sum + quantity(each['capacity']), 0)))]
}

function allocatable(status: unknown): Readonly<Record<string, string>> {
  return (status as { readonly allocatable?: Readonly<Record<string, string>> } | undefined)?.allocatable ?? {}
}

/** Ready, and not closed for new pods. */
function isUsable({ spec, status }: Manifest): boolean {
  const { conditions = [] } = (status ?? {}) as { readonly conditions?: readonly { readonly type: string; readonly status: string }[] }
  const ready = conditions.some(({ type, status: value }) => type === 'Ready' && value === 'True')
  return ready && (spec as { readonly unschedulable?: boolean } | undefined)?.unschedulable !== true
}
