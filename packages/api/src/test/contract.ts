import { defineContract } from '@sundial/contract'
import { z } from 'zod'

const Line = z.object({ sku: z.string(), quantity: z.number().int().min(1).default(1) })

/** A contract with one of everything. */
export const orders = defineContract({
  name: 'orders',
  taskQueue: 'orders',
  searchAttributes: { OrderState: 'keyword', OrderAmount: 'int', OrderTags: 'keyword-list', OrderDue: 'datetime', OrderGift: 'bool' },
  workflows: {
    'fulfil-order': {
      description: 'Fulfils an order',
      input: z.object({ orderId: z.string().min(1), lines: z.array(Line).min(1) }),
      output: z.object({ trackingNumber: z.string() }),
      idempotency: 'once-per-id',
      errors: { CardDeclined: { description: 'The card was declined', data: z.object({ reason: z.string() }), httpStatus: 402 }, OutOfStock: {} },
      signals: { approve: { description: 'Approve the order', input: z.object({ approvedBy: z.string() }), withStart: true } },
      queries: { state: { output: z.object({ state: z.string() }) }, line: { input: z.object({ index: z.number().int() }), output: Line } },
      updates: { 'change-address': { input: z.object({ address: z.string() }), output: z.object({ accepted: z.boolean() }), withStart: true } },
      http: { progress: 'state' },
      access: { start: 'orders:write', read: 'orders:read', signal: 'orders:approve', update: 'orders:write', cancel: 'orders:write', reset: 'orders:operate' },
    },
    audit: {
      description: 'Audits the orders',
      input: z.object({ day: z.iso.date() }),
      output: z.object({ orders: z.number() }),
      idempotency: 'retry-if-failed',
      access: { read: 'audit:read', schedule: 'audit:operate' },
    },
  },
  activities: {},
  schedules: { 'nightly-audit': { description: 'Audits a day when it is over', workflow: 'audit', input: { day: '2026-01-01' }, cron: '0 3 * * *' } },
})
