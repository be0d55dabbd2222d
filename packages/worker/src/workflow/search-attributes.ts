import { manifest } from '@sundial/worker/manifest'
import { ApplicationFailure, defineSearchAttributeKey, type SearchAttributeType, type SearchAttributeUpdatePair } from '@temporalio/common'
import { upsertSearchAttributes } from '@temporalio/workflow'

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
  if (!type)
    throw ApplicationFailure.nonRetryable(
      `the contract has no search attribute "${name}"; it has ${Object.keys(manifest.searchAttributes).join(', ') || 'none'}`,
      'UnknownName',
    )
  return { key: defineSearchAttributeKey(name, TYPES[type]), value } as SearchAttributeUpdatePair
}
