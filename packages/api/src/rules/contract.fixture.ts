import { defineContract } from '@sundial/contract'
import { orders } from '../test/contract.ts'

const { 'fulfil-order': order, audit } = orders.workflows

/** The test contract with everything granted to somebody, but the start of `audit`. */
export const granted = defineContract({
  ...orders,
  workflows: { 'fulfil-order': { ...order, access: { ...order.access, terminate: 'orders:admin' } }, audit },
})

/** The same, for tenants whose name is in a search attribute. */
export const tenants = defineContract({
  ...granted,
  searchAttributes: { ...granted.searchAttributes, Tenant: 'keyword' },
  tenant: { claim: 'tenant', searchAttribute: 'Tenant', allTenants: 'orders:operate' },
})

/** The same, for tenants whose name is at the beginning of ids. */
export const prefixes = defineContract({ ...granted, tenant: { claim: 'tenant', idSeparator: '.' } })
