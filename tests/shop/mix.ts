import { type Order, TEST_CARDS } from 'orders/contract'
import type { Action, End, PlacedOrder } from './customer.ts'

interface Kind {
  /** Of a hundred orders. */
  readonly share: number
  readonly card?: keyof typeof TEST_CARDS
  readonly lines?: Order['lines']
  readonly country?: string
  readonly action?: Action
  readonly allowed: readonly End[]
}

/** Above the approval limit. */
const LARGE = [{ sku: 'armillary-sphere', quantity: 2 }]

/**
 * What a day of a shop brings. A decision, and a cancellation, may come too late when what carries it is down: then the deadline decides, and the books
 * must be right for that end.
 */
const KINDS: readonly Kind[] = [
  { share: 44, allowed: ['completed'] },
  {
    share: 10,
    lines: [
      { sku: 'pocket-sundial', quantity: 3 },
      { sku: 'garden-sundial', quantity: 1 },
    ],
    allowed: ['completed'],
  },
  { share: 5, card: 'slow', allowed: ['completed'] },
  { share: 5, card: 'down', allowed: ['completed'] },
  { share: 7, card: 'declined', allowed: ['CardDeclined'] },
  { share: 4, card: 'insufficientFunds', allowed: ['CardDeclined'] },
  { share: 5, country: 'US', allowed: ['AddressNotServed'] },
  { share: 2, lines: [{ sku: 'obelisk', quantity: 1 }], allowed: ['OutOfStock'] },
  // Five are there, and many want one.
  {
    share: 1,
    lines: [
      { sku: 'pocket-sundial', quantity: 1 },
      { sku: 'shadow-clock', quantity: 1 },
    ],
    action: 'approve',
    allowed: ['completed', 'OutOfStock', 'ApprovalExpired'],
  },
  { share: 1, lines: [{ sku: 'perpetual-motion', quantity: 1 }], allowed: ['UnknownProduct'] },
  { share: 7, lines: LARGE, action: 'approve', allowed: ['completed', 'ApprovalExpired'] },
  { share: 4, lines: LARGE, action: 'reject', allowed: ['ApprovalRejected', 'ApprovalExpired'] },
  { share: 2, lines: LARGE, allowed: ['ApprovalExpired'] },
  { share: 3, lines: LARGE, action: 'cancel', allowed: ['workflow-cancelled', 'ApprovalExpired'] },
]

/** Coprime to a hundred: consecutive orders are of different kinds, and every hundred has each kind by its share. */
const STRIDE = 37

/** The order of a number: always the same kind for the same number. */
export function orderOf(number: number, prefix: string): PlacedOrder {
  const { card = 'approved', lines = [{ sku: 'pocket-sundial', quantity: 1 + (number % 3) }], country = 'GB', action, allowed } = kindOf(number)
  const input: Order = {
    orderId: `${prefix}-${number}`,
    customer: { id: `customer-${number % 500}`, email: `customer-${number % 500}@example.com` },
    lines,
    cardNumber: TEST_CARDS[card],
    shippingAddress: { name: 'Grace Hopper', street: '1 Harbour Street', postalCode: 'SW1Y 4JH', city: 'London', country },
  }
  return { input, allowed, ...(action && { action }) }
}

function kindOf(number: number): Kind {
  let place = (number * STRIDE) % 100
  for (const kind of KINDS) {
    if (place < kind.share) return kind
    place -= kind.share
  }
  throw new Error('the shares of the kinds do not add up to a hundred')
}
