/** An object of the Kubernetes API, as it is sent and as it comes back. */
export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ManifestMeta
  readonly [field: string]: unknown
}

export interface ManifestMeta {
  readonly name: string
  /** Absent for objects of the whole cluster. */
  readonly namespace?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly uid?: string
  readonly generation?: number
  readonly deletionTimestamp?: string
  readonly ownerReferences?: readonly { readonly uid: string }[]
}

/** What is needed to find an object. */
export type ManifestReference = Pick<Manifest, 'apiVersion' | 'kind'> & { readonly metadata: Pick<ManifestMeta, 'name' | 'namespace'> }

/** An object for people, such as `Deployment temporal-backend/temporal-history`. */
export function describe({ kind, metadata: { name, namespace } }: ManifestReference): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`
}

/** What an object is told from all others by. Another version of a group's API is the same object. */
export function keyOf({ apiVersion, kind, metadata: { name, namespace } }: ManifestReference): string {
  return [groupOf(apiVersion), kind, namespace ?? '', name].join('/')
}

/** The group of an API version; that of the core is empty. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
}
