import { z } from 'zod'
import { money } from './money.ts'

/**
 * The cards of the payment sandbox. Only these are accepted: Temporal keeps inputs in its history for as long as a namespace
 * retains them, which is no place for a real card number. A shop that takes real ones sends its provider's token here instead.
 */
export const TEST_CARDS = {
  approved: '4242424242424242',
  declined: '4000000000000002',
  insufficientFunds: '4000000000009995',
  slow: '4000000000000077',
  down: '4000000000000119',
} as const

/** Letters, digits and dashes: it becomes part of keys and of addresses of the payment provider. */
export const orderId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/)
  .describe("The shop's own id of the order")

export const orderLine = z.object({
  sku: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  quantity: z.int().min(1).max(1000),
})
export type OrderLine = z.output<typeof orderLine>

const orderFields = z.object({
  orderId,
  customer: z.object({ id: z.string().min(1).max(64), email: z.email().max(254) }),
  lines: z.array(orderLine).min(1).max(50),
  cardNumber: z.enum(Object.values(TEST_CARDS)).describe('A test card of the payment sandbox'),
  shippingAddress: z.object({
    name: z.string().min(1).max(100),
    street: z.string().min(1).max(200),
    postalCode: z.string().min(1).max(20),
    city: z.string().min(1).max(100),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .describe('ISO 3166-1 alpha-2'),
  }),
  agreedTotal: money.optional().describe('The total that the customer was shown. When given, the order is refused if prices have changed since'),
})

/** What the documentation of the API shows. */
const EXAMPLE = {
  orderId: 'example-1',
  customer: { id: 'ada', email: 'ada@example.com' },
  lines: [{ sku: 'pocket-sundial', quantity: 1 }],
  cardNumber: TEST_CARDS.approved,
  shippingAddress: { name: 'Ada Lovelace', street: '12 St James Square', postalCode: 'SW1Y 4JH', city: 'London', country: 'GB' },
}
export const order = orderFields.meta({ examples: [EXAMPLE] })
export type Order = z.output<typeof order>

/** What the shop can tell its customer before anything is charged. */
export const acceptance = z.object({ total: money, needsApproval: z.boolean().describe('Whether a person has to approve it, since it is large') })
export type Acceptance = z.output<typeof acceptance>

export const fulfilment = z.object({
  orderId,
  total: money,
  chargeId: z.string(),
  trackingNumber: z.string(),
  approvedBy: z.string().optional().describe('As the approval says, which is not checked. Absent when the order needed no approval'),
})
export type Fulfilment = z.output<typeof fulfilment>

/** Who decides is known by the scope of the caller's token; the name of the person is the caller's word. */
const decidedBy = z.string().min(1).max(100).describe('The person who decided, in the words of the caller. It is not checked against the token')
export const approval = z.object({ by: decidedBy, comment: z.string().max(500).optional() })
export const rejection = z.object({ by: decidedBy, reason: z.string().min(1).max(500) })
