import { manifest } from '@sundial/worker/manifest'
import { defineSearchAttributeKey, type SearchAttributeType, type SearchAttributeUpdatePair } from '@temporalio/common'
import { upsertSearchAttributes } from '@temporalio/workflow'
import { unknownName } from '../failures/unknown-name.ts'

/** Temporal's names for the types of a contract. */
const TYPES = {
  keyword: 'KEYWORD',
  text: 'TEXT',
  int: 'INT',
  double: 'DOUBLE',
  bool: 'BOOL',
  datetime: 'DATETIME',
  'keyword-list': 'KEYWORD_LIST',
} as const satisfies Record<(typeof manifest.searchAttributes)[string], SearchAttributeType>

export function setSearchAttributes(values: Readonly<Record<string, unknown>>): void {
  upsertSearchAttributes(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => pair(name, value)),
  )
}

function pair(name: string, value: unknown): SearchAttributeUpdatePair {
  const type = Object.hasOwn(manifest.searchAttributes, name) ? manifest.searchAttributes[name] : undefined
  if (!type) throw unknownName({ kind: 'search attribute', name, known: Object.keys(manifest.searchAttributes) })
  return { key: defineSearchAttributeKey(name, TYPES[type]), value } as SearchAttributeUpdatePair
}
