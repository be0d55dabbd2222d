import type { AnyObject } from './any-object.ts'
import type { Problem } from './rule.ts'

/** A place in an object: reading below what is not there gives nothing, and whatever is found wrong has its path. */
export class Cursor {
  readonly object: AnyObject
  readonly value: unknown
  readonly path: readonly (string | number)[]
  /** What it stands in; nothing for a whole object. */
  parent: Cursor | undefined

  constructor(object: AnyObject, value: unknown, path: readonly (string | number)[]) {
    this.object = object
    this.value = value
    this.path = path
  }

  /** A whole object. */
  static of(object: AnyObject): Cursor {
    return new Cursor(object, object, [])
  }

  get(...keys: readonly (string | number)[]): Cursor {
    return keys.reduce<Cursor>((at, key) => at.#child(key), this)
  }

  #child(key: string | number): Cursor {
    const below = new Cursor(this.object, child(this.value, key), [...this.path, key])
    below.parent = this
    return below
  }

  get exists(): boolean {
    return this.value !== undefined && this.value !== null
  }

  /** The value, if it is text. */
  get text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined
  }

  /** The value, if it is a number. */
  get number(): number | undefined {
    return typeof this.value === 'number' ? this.value : undefined
  }

  /** What a list holds; nothing if it is none. */
  get items(): Cursor[] {
    return Array.isArray(this.value) ? this.value.map((_, index) => this.get(index)) : []
  }

  /** What an object holds, by key; nothing if it is none. */
  get entries(): [key: string, value: Cursor][] {
    return isRecord(this.value) ? Object.keys(this.value).map((key) => [key, this.get(key)]) : []
  }

  /** The value, if it is an object whose values are text: labels, selectors. */
  get labels(): Readonly<Record<string, string>> | undefined {
    return isRecord(this.value) ? Object.fromEntries(this.entries.map(([key, { value }]) => [key, String(value)])) : undefined
  }

  problem(message: string, hint?: string): Problem {
    return { at: this, message, ...(hint !== undefined && { hint }) }
  }
}

function child(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return typeof key === 'number' ? value[key] : undefined
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
