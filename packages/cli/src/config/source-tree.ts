import type { Location } from '@sundial/platform'

/** Where a setting is written, and those within it: by key, or by index in a list. Offsets count from the beginning of the text. */
export interface SourceNode {
  readonly keyOffset: number
  /** Of the value; of the key, where the value has settings within it. */
  readonly offset: number
  readonly children: ReadonlyMap<string, SourceNode>
}

export interface Found {
  readonly node: SourceNode
  /** How many of the keys lead to it. */
  readonly depth: number
}

/** The setting of a path, or the nearest one around it. */
export function nearest(root: SourceNode, keys: readonly (string | number)[]): Found {
  let node = root
  for (const [depth, key] of keys.entries()) {
    const child = node.children.get(String(key))
    if (!child) return { node, depth }
    node = child
  }
  return { node, depth: keys.length }
}

/** A place in a text as people count: lines and columns from 1. */
export function lineAndColumn(text: string, offset: number): Omit<Location, 'file'> {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}
