import type { SearchAttributeType } from '@sundial/contract'

/** `temporal.api.enums.v1.IndexedValueType` of Temporal's API. */
const INDEXED_VALUE_TYPES = { text: 1, keyword: 2, int: 3, double: 4, bool: 5, datetime: 6, 'keyword-list': 7 } as const satisfies Record<
  SearchAttributeType,
  number
>

/** Every type that a contract may name. */
export const SEARCH_ATTRIBUTE_TYPES = Object.keys(INDEXED_VALUE_TYPES) as SearchAttributeType[]

/** By name, from our words to the API's numbers. */
export function toIndexedValueTypes(attributes: Readonly<Record<string, SearchAttributeType>>): Record<string, number> {
  return Object.fromEntries(Object.entries(attributes).map(([name, type]) => [name, INDEXED_VALUE_TYPES[type]]))
}

/** By name, from the API's numbers to our words. A type that we do not know keeps its number. */
export function fromIndexedValueTypes(attributes: Readonly<Record<string, number>> | null | undefined): Record<string, string> {
  const names = new Map<number, string>(Object.entries(INDEXED_VALUE_TYPES).map(([name, number]) => [number, name]))
  return Object.fromEntries(Object.entries(attributes ?? {}).map(([name, number]) => [name, names.get(number) ?? `number ${number}`]))
}
