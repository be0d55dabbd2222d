/** An object of the Kubernetes API, as plain data. What stands in it is typed where it is made. */
export interface KubernetesObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ObjectMeta
}

export interface ObjectMeta {
  readonly name: string
  /** Absent for objects of the whole cluster. */
  readonly namespace?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
}

/** What an object is told from all others by. */
export function objectKey({ apiVersion, kind, metadata }: KubernetesObject): string {
  // Another version of a group's API is the same object.
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  return [group, kind, metadata.namespace ?? '', metadata.name].join('/')
}
