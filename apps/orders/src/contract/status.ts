import { z } from 'zod'
import { money } from './money.ts'
import { orderId } from './order.ts'

/** Where an order is. The last four are ends; `needs-attention` is a failed order of which something could not be undone. */
export const orderStep = z.enum([
  'accepting',
  'reserving-stock',
  'charging-card',
  'waiting-for-approval',
  'shipping',
  'notifying',
  'undoing',
  'completed',
  'failed',
  'cancelled',
  'needs-attention',
])
export type OrderStep = z.output<typeof orderStep>

export const orderEvent = z.object({
  /** When it happened, by the workflow's clock. */
  at: z.iso.datetime(),
  step: orderStep,
  message: z.string(),
})
export type OrderEvent = z.output<typeof orderEvent>

export const orderStatus = z.object({
  orderId,
  step: orderStep,
  total: money.optional().describe('Known once the order is accepted'),
  approval: z
    .object({
      required: z.boolean(),
      deadline: z.iso.datetime().optional(),
      decision: z.enum(['approved', 'rejected']).optional(),
      by: z.string().optional().describe('As the decision says; not checked'),
    })
    .optional(),
  failure: z.object({ name: z.string(), message: z.string() }).optional().describe('The first error: what made the order fail'),
  history: z.array(orderEvent),
})
export type OrderStatus = z.output<typeof orderStatus>
