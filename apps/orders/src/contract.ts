import { defineContract } from '@sundial/contract'
import { z } from 'zod'
import { orderActivities } from './contract/activities.ts'
import { orderErrors } from './contract/errors.ts'
import { acceptance, approval, fulfilment, order, rejection } from './contract/order.ts'
import { dailyReport, reportRequest } from './contract/report.ts'
import { orderStatus } from './contract/status.ts'

export { type Money } from './contract/money.ts'
export { type Acceptance, type Fulfilment, type Order, type OrderLine, TEST_CARDS } from './contract/order.ts'
export { type OrderEvent, type OrderStatus, type OrderStep } from './contract/status.ts'

/** What the orders product offers: an order is reserved, paid, approved when it is large, shipped; or undone. */
export const orders = defineContract({
  name: 'orders',
  title: 'Orders API',
  description: 'Places orders, follows them, and decides about the large ones.',
  version: '1.0.0',
  taskQueue: 'orders',
  searchAttributes: { OrderStatus: 'keyword', OrderCustomer: 'keyword', OrderAmount: 'int' },
  workflows: {
    'fulfil-order': {
      description: 'Fulfils an order',
      input: order,
      output: fulfilment,
      // A customer whose card was declined may send the same order again with another card.
      idempotency: 'retry-if-failed',
      // No executionTimeout: Temporal would end the order without undoing anything. Each step has its own bound instead.
      errors: orderErrors,
      signals: {
        approve: {
          description: 'Lets an order that waits for approval go on. Whoever has the scope may decide; the name in it is not checked',
          input: approval,
          // Whoever may approve an order may place one that is approved already.
          withStart: true,
        },
        reject: { description: 'Refuses an order that waits for approval. Whoever has the scope may decide; the name in it is not checked', input: rejection },
      },
      queries: { status: { description: 'Where the order is, and what happened so far', output: orderStatus } },
      updates: {
        'await-acceptance': {
          description: 'Waits until the order is accepted: what it costs, and whether it needs approval',
          input: z.object({}),
          output: acceptance,
          // An order is placed, and its price known, in one request.
          withStart: true,
        },
      },
      // Most orders need nobody's approval.
      objectives: { latency: { percentile: 90, within: '30s' }, successRatio: 0.995 },
      http: { progress: 'status' },
      access: {
        start: 'orders:write',
        read: 'orders:read',
        signal: 'orders:approve',
        update: 'orders:write',
        cancel: 'orders:write',
        terminate: 'orders:admin',
        reset: 'orders:admin',
      },
    },
    'daily-report': {
      description: 'Reports what became of the orders of a day',
      input: reportRequest,
      output: dailyReport,
      idempotency: 'allow-duplicate',
      executionTimeout: '1h',
      objectives: { successRatio: 0.99 },
      access: { start: 'orders:write', read: 'orders:read', cancel: 'orders:write', terminate: 'orders:admin', schedule: 'orders:admin' },
    },
  },
  activities: orderActivities,
  schedules: {
    'daily-report': {
      description: 'The report of the day before, each night when that day is over',
      workflow: 'daily-report',
      input: {},
      cron: '10 0 * * *',
      jitter: '5m',
      catchupWindow: '7d',
      // One after another: each is about a day of its own.
      overlap: 'buffer-all',
    },
  },
})
