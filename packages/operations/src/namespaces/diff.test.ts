import { expect, test } from 'vitest'
import { diff, type FoundNamespace } from './diff.ts'
import type { NamespaceSpecification } from './specification.ts'

const DAY = 86_400
const wanted: NamespaceSpecification = {
  name: 'orders',
  description: 'Orders',
  retentionDays: 7,
  searchAttributes: { OrderStatus: 'keyword', OrderAmount: 'int' },
}
const same: FoundNamespace = {
  description: 'Orders',
  retentionSeconds: 7 * DAY,
  searchAttributes: { OrderStatus: 'keyword', OrderAmount: 'int', Other: 'text' },
  systemAttributes: ['WorkflowId'],
}

test('registers a namespace that is missing, then adds its search attributes', () => {
  expect(diff(wanted, undefined)).toEqual({
    changes: [
      { kind: 'register', namespace: 'orders', description: 'Orders', retentionSeconds: 7 * DAY },
      { kind: 'add-search-attributes', namespace: 'orders', attributes: { OrderStatus: 'keyword', OrderAmount: 'int' } },
    ],
    problems: [],
  })
})

test('changes nothing when all is there, and leaves other attributes alone', () => {
  expect(diff(wanted, same)).toEqual({ changes: [], problems: [] })
  expect(diff({ ...wanted, description: undefined }, { ...same, description: 'by hand' })).toEqual({ changes: [], problems: [] })
})

test.each<[string, Partial<FoundNamespace>, object]>([
  ['description', { description: 'old' }, { kind: 'update', namespace: 'orders', description: 'Orders' }],
  ['retention', { retentionSeconds: DAY }, { kind: 'update', namespace: 'orders', retentionSeconds: 7 * DAY }],
  ['attribute', { searchAttributes: { OrderStatus: 'keyword' } }, { kind: 'add-search-attributes', namespace: 'orders', attributes: { OrderAmount: 'int' } }],
])('changes only the %s that differs', (_, difference, change) => {
  expect(diff(wanted, { ...same, ...difference })).toEqual({ changes: [change], problems: [] })
})

test('refuses another type for an existing attribute, and a name of Temporal', () => {
  const attributes = { ...wanted, searchAttributes: { OrderAmount: 'double', WorkflowId: 'keyword' } } as const
  expect(diff(attributes, same).problems).toEqual([
    'orders: the search attribute OrderAmount exists with type int, and double is wanted; Temporal cannot change a type, so keep int or choose another name',
    "orders: the search attribute WorkflowId is one of Temporal's own; choose another name",
  ])
})
