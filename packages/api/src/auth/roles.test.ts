import type { Operation } from '@sundial/contract'
import { expect, test } from 'vitest'
import { roleAllows, roleIn } from './roles.ts'

test.each<[unknown, string | undefined]>([
  [['orders:read'], 'read'],
  [['orders:read', 'orders:write', 'orders:worker'], 'write'],
  [['Orders:admin', 'billing:admin', 'orders:READ'], 'read'],
  [['temporal-system:admin'], 'admin'],
  [['orders', 'orders:', ':read', 'orders:owner', 'orders:read:write', 4, null], undefined],
  ['orders:admin', undefined],
  [undefined, undefined],
])('the permissions %j give the role %s', (permissions, role) => {
  expect(roleIn('orders', permissions)).toBe(role)
})

test('what undoes or ends the work of others is for admins, and a worker may do nothing', () => {
  const operations: Operation[] = ['read', 'start', 'signal', 'update', 'cancel', 'schedule', 'terminate', 'reset']
  const allowed = (['worker', 'read', 'write', 'admin'] as const).map((role) => operations.filter((operation) => roleAllows(role, operation)))
  expect(allowed).toEqual([[], operations.slice(0, 1), operations.slice(0, 6), operations])
  expect(operations.some((operation) => roleAllows(undefined, operation))).toBe(false)
})
