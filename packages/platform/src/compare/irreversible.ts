import { kindKey } from '../validate/object-names.ts'
import type { Cursor } from '../validate/cursor.ts'
import type { FieldChange } from './compare-objects.ts'
import { bytesOf } from './quantity.ts'

/** Fields that the API server lets nobody change, by kind, as the beginning of their path. */
const IMMUTABLE: Readonly<Record<string, readonly string[]>> = {
  'apps/Deployment': ['spec.selector'],
  'apps/DaemonSet': ['spec.selector'],
  'apps/StatefulSet': ['spec.selector', 'spec.serviceName', 'spec.podManagementPolicy', 'spec.volumeClaimTemplates'],
  'batch/Job': ['spec.template', 'spec.selector', 'spec.completions'],
  '/PersistentVolumeClaim': ['spec.storageClassName', 'spec.accessModes', 'spec.volumeName'],
  'scheduling.k8s.io/PriorityClass': ['value'],
  'storage.k8s.io/StorageClass': ['provisioner', 'parameters', 'reclaimPolicy'],
  'rbac.authorization.k8s.io/RoleBinding': ['roleRef'],
  'rbac.authorization.k8s.io/ClusterRoleBinding': ['roleRef'],
  'postgresql.cnpg.io/Database': ['spec.cluster', 'spec.name'],
}

/** Fields that hold a size of storage, which may only grow. */
const SIZES: Readonly<Record<string, RegExp>> = {
  '/PersistentVolumeClaim': /^spec\.resources\.requests\.storage$/,
  'apps/StatefulSet': /resources\.requests\.storage$/,
  'postgresql.cnpg.io/Cluster': /^spec\.(storage|walStorage|tablespaces\[.*\]\.storage)\.size$/,
  'elasticsearch.k8s.elastic.co/Elasticsearch': /volumeClaimTemplates\[.*\]\.spec\.resources\.requests\.storage$/,
}

/** Kinds whose objects take data with them. */
const WITH_DATA: ReadonlySet<string> = new Set([
  '/Namespace',
  '/PersistentVolumeClaim',
  'apps/StatefulSet',
  'postgresql.cnpg.io/Cluster',
  'postgresql.cnpg.io/Database',
  'elasticsearch.k8s.elastic.co/Elasticsearch',
  'apiextensions.k8s.io/CustomResourceDefinition',
])

/** Why a change of a field cannot be made, or cannot be undone. */
export function irreversibleField(at: Cursor, { path, before, after }: FieldChange): string | undefined {
  const kind = kindKey(at)
  if (SIZES[kind]?.test(path)) return isSmaller(before, after) ? 'storage may only grow' : undefined
  if (IMMUTABLE[kind]?.some((field) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`)))
    return 'cannot be changed: the object has to be deleted, and made anew'
  if ((kind === '/ConfigMap' || kind === '/Secret') && at.get('immutable').value === true && /^(data|binaryData|immutable)\b/.test(path))
    return 'cannot be changed: the object says that it is immutable'
  if (kind === 'postgresql.cnpg.io/Cluster' && /^spec\.bootstrap\b/.test(path)) return 'has no effect on a cluster that has started'
  return undefined
}

export function irreversibleRemoval(at: Cursor): string | undefined {
  return WITH_DATA.has(kindKey(at)) ? 'goes with its data' : undefined
}

function isSmaller(before: unknown, after: unknown): boolean {
  const [old, now] = [bytesOf(before), bytesOf(after)]
  return old !== undefined && now !== undefined && now < old
}
