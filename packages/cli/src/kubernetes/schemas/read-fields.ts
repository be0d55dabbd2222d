/** A place that was looked at: what was asked for in it, and whether all that is in it was gone through. */
interface Looked {
  readonly value: object
  readonly path: readonly (string | number)[]
  readonly asked: Set<string>
  all: boolean
}

/**
 * A value that remembers what of it is read. Validators that were compiled from schemas read every field that they know, and no other: so what they leave
 * unread is unknown to them. Schemas that allow anything read nothing of it.
 */
export class ReadFields {
  readonly #looked = new Map<object, Looked>()

  watch(value: unknown, path: readonly (string | number)[] = []): unknown {
    if (typeof value !== 'object' || value === null) return value
    const looked: Looked = this.#looked.get(value) ?? { value, path, asked: new Set(), all: false }
    this.#looked.set(value, looked)
    return new Proxy(value, {
      get: (target, key, receiver) => {
        const found: unknown = Reflect.get(target, key, receiver)
        if (typeof key === 'symbol') return found
        looked.asked.add(key)
        return typeof found === 'function' ? found : this.watch(found, [...path, Array.isArray(target) ? Number(key) : key])
      },
      ownKeys: (target) => {
        looked.all = true
        return Reflect.ownKeys(target)
      },
    })
  }

  /** Fields that nobody asked for, in places where fields are asked for by name. */
  unread(): { readonly path: readonly (string | number)[]; readonly known: readonly string[] }[] {
    return [...this.#looked.values()].flatMap(({ value, path, asked, all }) => {
      if (Array.isArray(value) || all || asked.size === 0) return []
      const unread = Object.keys(value).filter((key) => !asked.has(key))
      return unread.map((key) => ({ path: [...path, key], known: [...asked] }))
    })
  }
}
