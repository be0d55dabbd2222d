import { z } from 'zod'
import { money } from './money.ts'
import { orderId } from './order.ts'

/** Answers that an order can get instead of a fulfilment. None is retried, unless it says so. */
export const orderErrors = {
  OrderConflict: {
    description: 'The order id belongs to another order, or an earlier try could not be undone and needs a person',
    httpStatus: 409,
    data: z.object({ orderId, reason: z.enum(['other-order', 'not-undone']) }),
  },
  UnknownProduct: { description: 'The shop does not sell this', httpStatus: 422, data: z.object({ sku: z.string() }) },
  PriceChanged: { description: 'The total is no longer what the customer agreed to', httpStatus: 409, data: z.object({ agreed: money, actual: money }) },
  OutOfStock: { description: 'Not enough of a product is left', httpStatus: 409, data: z.object({ sku: z.string(), requested: z.int(), available: z.int() }) },
  CardDeclined: { description: 'The card was refused', httpStatus: 402, data: z.object({ reason: z.enum(['card-declined', 'insufficient-funds']) }) },
  PaymentUnavailable: { description: 'The payment provider is away. The same order may be sent again', httpStatus: 424, retryable: true },
  ApprovalRejected: { description: 'A person refused the order', httpStatus: 409, data: z.object({ by: z.string(), reason: z.string() }) },
  ApprovalExpired: { description: 'Nobody decided in time', httpStatus: 409, data: z.object({ deadline: z.iso.datetime() }) },
  AddressNotServed: { description: 'The carrier does not deliver there', httpStatus: 422, data: z.object({ country: z.string() }) },
} as const
