import type { AnyObject } from './any-object.ts'
import { Cursor } from './cursor.ts'
import { kindKey, nameOf, namespaceOf } from './object-names.ts'
import { podsOf, type Pods } from './pods.ts'
import type { Schemas } from './schemas.ts'

export interface TreeOptions {
  /** What may be written in each kind of object. @default nothing is known, and nothing is checked */
  readonly schemas?: Schemas
  /** In production, images are pulled by digest. @default false */
  readonly production?: boolean
  /** Secrets that somebody makes whom the objects do not show, such as a chart: `<namespace>/<name>`. */
  readonly made?: readonly string[]
  /** Namespaces that charts are installed in, beside those that Applications of Argo CD say. */
  readonly charts?: readonly string[]
}

/** Kubernetes objects that belong together, found by what they are. */
export class Tree {
  readonly objects: readonly Cursor[]
  readonly options: TreeOptions
  /** Everything that starts pods. */
  readonly pods: readonly Pods[]
  readonly #byKind: ReadonlyMap<string, readonly Cursor[]>

  constructor(objects: readonly AnyObject[], options: TreeOptions = {}) {
    this.objects = objects.map((object) => Cursor.of(object))
    this.options = options
    this.#byKind = grouped(this.objects)
    this.pods = this.objects.flatMap((at) => podsOf(at))
  }

  /** Objects of a kind: `''` is the group of Kubernetes' first kinds. */
  of(group: string, kind: string): readonly Cursor[] {
    return this.#byKind.get(`${group}/${kind}`) ?? []
  }

  /** The object of a name; in any namespace, for kinds that have none. */
  find({ group, kind, name, namespace }: ObjectReference): Cursor | undefined {
    return this.of(group, kind).find((at) => nameOf(at) === name && (namespace === undefined || namespaceOf(at) === namespace))
  }

  /** Pods that a selector finds in a namespace. */
  select(namespace: string, selector: Selector): Pods[] {
    return this.pods.filter((pods) => pods.namespace === namespace && selector(pods.labels))
  }
}

export interface ObjectReference {
  readonly group: string
  readonly kind: string
  readonly name: string
  readonly namespace?: string
}

export type Selector = (labels: Readonly<Record<string, string>>) => boolean

function grouped(objects: readonly Cursor[]): Map<string, Cursor[]> {
  const groups = new Map<string, Cursor[]>()
  for (const at of objects) groups.set(kindKey(at), [...(groups.get(kindKey(at)) ?? []), at])
  return groups
}
