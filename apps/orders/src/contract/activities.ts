import { z } from 'zod'
import { orderErrors } from './errors.ts'
import { money } from './money.ts'
import { order, orderId } from './order.ts'
import { dailyReport, reportDay } from './report.ts'

/**
 * One try at fulfilling an order. It stays the same over retries, resets and new runs, and with it every idempotency key; it
 * moves on only when something of the try was undone, since what was undone must not count as done.
 */
const claim = z.object({ orderId, attempt: z.int().min(1) })
export type Claim = z.output<typeof claim>

/** Quick work in our own database. */
const database = { startToCloseTimeout: '10s', scheduleToCloseTimeout: '5m', retry: { initialInterval: '500ms', maximumInterval: '10s' } } as const
/** What was done must be undone, however long the other side is down; a day is when a person has to look. */
const undo = { startToCloseTimeout: '15s', scheduleToCloseTimeout: '1d', retry: { initialInterval: '1s', maximumInterval: '1m' } } as const

export const orderActivities = {
  acceptOrder: {
    description: 'Prices and records the order, and says whether it needs approval',
    input: order.omit({ cardNumber: true, shippingAddress: true }).extend({ workflowId: z.string() }),
    output: z.object({
      claim,
      total: money,
      /** The worker's policy at this moment. Taken here, it is part of the history, so a replay decides as the first run did. */
      approval: z.object({ required: z.boolean(), deadlineMs: z.int().positive() }),
    }),
    errors: { OrderConflict: orderErrors.OrderConflict, UnknownProduct: orderErrors.UnknownProduct, PriceChanged: orderErrors.PriceChanged },
    ...database,
  },
  reserveStock: {
    description: 'Takes what was ordered out of the stock',
    input: z.object({ claim }),
    output: z.object({ units: z.int() }),
    errors: { OutOfStock: orderErrors.OutOfStock },
    ...database,
  },
  releaseStock: { description: 'Puts reserved stock back', input: z.object({ claim }), output: z.object({ released: z.boolean() }), ...undo },
  chargeCard: {
    description: 'Charges the card, once',
    input: z.object({ claim, cardNumber: order.shape.cardNumber }),
    output: z.object({ chargeId: z.string() }),
    errors: { CardDeclined: orderErrors.CardDeclined, PaymentUnavailable: orderErrors.PaymentUnavailable },
    startToCloseTimeout: '10s',
    scheduleToCloseTimeout: '2m',
    retry: { initialInterval: '1s', maximumInterval: '15s' },
  },
  refundCard: {
    description: 'Gives the money back, or makes sure that none was taken',
    input: z.object({ claim }),
    output: z.object({ refunded: z.boolean() }),
    ...undo,
  },
  createShipment: {
    description: 'Books the parcel',
    input: z.object({ claim, address: order.shape.shippingAddress }),
    output: z.object({ trackingNumber: z.string() }),
    errors: { AddressNotServed: orderErrors.AddressNotServed },
    ...database,
  },
  cancelShipment: { description: 'Calls the parcel back', input: z.object({ claim }), output: z.object({ cancelled: z.boolean() }), ...undo },
  notifyCustomer: {
    description: 'Leaves a message for the customer in the outbox',
    input: z.object({ claim, email: z.email(), kind: z.enum(['shipped', 'not-fulfilled']), message: z.string() }),
    output: z.object({ messageId: z.string() }),
    ...database,
  },
  summariseDay: { description: 'Sums up what became of the orders of a day', input: reportDay, output: dailyReport, ...database },
} as const
