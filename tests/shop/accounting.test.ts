import { expect, test } from 'vitest'
import { account } from './accounting.ts'
import type { Attempt, BookedCharge, Books } from './books.ts'
import type { EndedOrder } from './customer.ts'

const before: Books = { charges: [], attempts: [], stock: { sundial: 100 } }

const ordered = (orderId: string, end: string, allowed: readonly string[] = [end]): EndedOrder =>
  ({ input: { orderId }, allowed, end }) as unknown as EndedOrder
const charge = (reference: string, over: Partial<BookedCharge> = {}): BookedCharge => ({
  id: `ch_${reference}`,
  reference,
  amount: 200,
  outcome: 'approved',
  refunded: false,
  ...over,
})
const attempt = (orderId: string, over: Partial<Attempt> = {}): Attempt => ({
  orderId,
  attempt: 1,
  lines: [{ sku: 'sundial', quantity: 2 }],
  total: 200,
  reservation: 'held',
  payment: 'charged',
  chargeId: `ch_${orderId}`,
  shipment: 'booked',
  ...over,
})
const undone = { reservation: 'released', payment: 'refunded', shipment: null } as const

/** One order that was shipped, one that was undone after the charge, one whose card was declined. */
const orders = [ordered('shipped', 'completed'), ordered('undone', 'AddressNotServed'), ordered('declined', 'CardDeclined')]
const after: Books = {
  charges: [charge('shipped'), charge('undone', { refunded: true }), charge('declined', { outcome: 'card_declined' })],
  attempts: [attempt('shipped'), attempt('undone', undone), attempt('declined', { ...undone, payment: 'declined', chargeId: null })],
  stock: { sundial: 98 },
}

test('books that agree, counted', () => {
  expect(account(before, orders, after)).toEqual({
    violations: [],
    orders: 3,
    ends: { completed: 1, AddressNotServed: 1, CardDeclined: 1 },
    attempts: 3,
    charges: { approved: 2, refunded: 1, standing: 1, declined: 1 },
    shipped: { orders: 1, units: 2 },
    stock: { sundial: { before: 100, shipped: 2, after: 98 } },
  })
})

test('an order that failed and was sent again has two attempts and two charges, of which one stands', () => {
  const twice = { charges: [charge('a', { id: 'one', refunded: true }), charge('a')], attempts: [attempt('a', undone), attempt('a', { attempt: 2 })] }
  expect(account(before, [ordered('a', 'completed')], { ...twice, stock: { sundial: 98 } }).violations).toEqual([])
})

const replaced = (orderId: string, over: Partial<Attempt>): Books => ({
  ...after,
  attempts: after.attempts.map((each) => (each.orderId === orderId ? { ...each, ...over } : each)),
})
const charged = (...charges: readonly BookedCharge[]): Books => ({ ...after, charges })
const [shipped, refunded, declined] = after.charges as [BookedCharge, BookedCharge, BookedCharge]

test.each<[string, readonly string[], Books, (readonly EndedOrder[])?]>([
  [
    'a card that is charged twice',
    ['shipped: the card was charged 2 times in 1 attempts', 'shipped: ended as completed, and 2 charges stand'],
    charged(shipped, refunded, declined, charge('shipped', { id: 'again' })),
  ],
  [
    'a card that is charged twice, although one was given back',
    ['shipped: the card was charged 2 times in 1 attempts'],
    charged(shipped, refunded, declined, charge('shipped', { id: 'again', refunded: true })),
  ],
  ['a charge that nobody gave back', ['undone: ended as AddressNotServed, and 1 charges stand'], charged(shipped, { ...refunded, refunded: false }, declined)],
  [
    'a shipped order that nobody paid',
    ['shipped: ended as completed, and 0 charges stand', 'shipped: attempt 1 is shipped, and the provider has no standing charge ch_shipped'],
    charged({ ...shipped, refunded: true }, refunded, declined),
  ],
  ['a charge of another amount', ['shipped: attempt 1 costs 200, and 300 was charged'], charged({ ...shipped, amount: 300 }, refunded, declined)],
  ['a charge that nobody ordered', ['nobody: charge ch_nobody is of an order that the database does not know'], charged(...after.charges, charge('nobody'))],
  ['stock that is lost', ['sundial: 3 units are lost: 95 are left'], { ...after, stock: { sundial: 95 } }],
  ['stock that is given back twice', ['sundial: 2 units are too many: 100 are left'], { ...after, stock: { sundial: 100 } }],
  [
    'stock that is reserved for an order that ended',
    ['undone: attempt 1 is not shipped, and its stock is still reserved'],
    { ...replaced('undone', { reservation: 'held' }), stock: { sundial: 96 } },
  ],
  ['a payment of which nobody knows', ['declined: attempt 1 is not shipped, and its payment is pending'], replaced('declined', { payment: 'pending' })],
  [
    'a parcel for an order that failed',
    ['undone: ended as AddressNotServed, and 1 parcels are booked', 'undone: attempt 1 is shipped, and its reservation is released'].concat([
      'undone: attempt 1 is shipped, and its payment is refunded',
      'undone: attempt 1 is shipped, and the provider has no standing charge ch_undone',
    ]),
    replaced('undone', { shipment: 'booked' }),
  ],
  [
    'a completed order without a parcel',
    [
      'shipped: attempt 1 is not shipped, and its stock is still reserved',
      'shipped: attempt 1 is not shipped, and its payment is charged',
      'shipped: ended as completed, and 0 parcels are booked',
    ],
    replaced('shipped', { shipment: null }),
  ],
  [
    'an end that may not be',
    ['declined: ended as workflow-failed, and may end as CardDeclined'],
    after,
    [...orders.slice(0, 2), ordered('declined', 'workflow-failed', ['CardDeclined'])],
  ],
])('%s is seen, and nothing else', (_what, wanted, books, ended = orders) => {
  expect(account(before, ended, books).violations.map(({ about, what }) => `${about}: ${what}`)).toEqual(wanted)
})
