import type { Attempt, BookedCharge, Books } from './books.ts'
import type { EndedOrder } from './customer.ts'

/** What the books must not show. */
export interface Violation {
  /** An order, or a product. */
  readonly about: string
  readonly what: string
}

export interface ProductBalance {
  readonly before: number
  readonly shipped: number
  readonly after: number
}

export interface Account {
  readonly violations: readonly Violation[]
  readonly orders: number
  /** How many orders came to each end, the most frequent first. */
  readonly ends: Readonly<Record<string, number>>
  /** Tries at all orders: one that failed and was sent again has two. */
  readonly attempts: number
  readonly charges: { readonly approved: number; readonly refunded: number; readonly standing: number; readonly declined: number }
  readonly shipped: { readonly orders: number; readonly units: number }
  readonly stock: Readonly<Record<string, ProductBalance>>
}

/** Holds what customers saw, the orders database and the payment provider against each other, after all these orders have ended. */
export function account(before: Books, orders: readonly EndedOrder[], after: Books): Account {
  const attempts = groupBy(after.attempts, ({ orderId }) => orderId)
  const charges = groupBy(after.charges, ({ reference }) => reference)
  const of = ({ input: { orderId } }: EndedOrder) => ({ attempts: attempts.get(orderId) ?? [], charges: charges.get(orderId) ?? [] })
  const booked = orders.flatMap((order) => of(order).charges)
  const tries = orders.flatMap((order) => of(order).attempts)
  const shipped = tries.filter(({ shipment }) => shipment === 'booked')
  return {
    violations: [
      ...orders.flatMap((order) => orderProblems(order, of(order)).map((what) => ({ about: order.input.orderId, what }))),
      ...strangers(before, after),
      ...stockProblems(before, after),
    ],
    orders: orders.length,
    ends: countEnds(orders),
    attempts: tries.length,
    charges: {
      approved: booked.filter(isApproved).length,
      refunded: booked.filter(({ refunded }) => refunded).length,
      standing: booked.filter(stands).length,
      declined: booked.filter((charge) => !isApproved(charge)).length,
    },
    shipped: { orders: shipped.length, units: Object.values(unitsOf(shipped)).reduce((sum, units) => sum + units, 0) },
    stock: balances(before, { ...after, attempts: shipped }),
  }
}

function orderProblems(order: EndedOrder, { attempts, charges }: { attempts: readonly Attempt[]; charges: readonly BookedCharge[] }): string[] {
  const { end, allowed } = order
  const standing = charges.filter(stands)
  const approved = charges.filter(isApproved)
  const shipped = attempts.filter(({ shipment }) => shipment === 'booked')
  const wanted = end === 'completed' ? 1 : 0
  const problems = attempts.filter((attempt) => attempt.shipment !== 'booked').flatMap(leftovers)
  if (!allowed.includes(end)) problems.push(`ended as ${end}, and may end as ${allowed.join(' or ')}`)
  if (approved.length > attempts.length) problems.push(`the card was charged ${approved.length} times in ${attempts.length} attempts`)
  if (standing.length !== wanted) problems.push(`ended as ${end}, and ${standing.length} charges stand`)
  if (shipped.length !== wanted) problems.push(`ended as ${end}, and ${shipped.length} parcels are booked`)
  return [...problems, ...shipped.flatMap((attempt) => parcelProblems(attempt, standing))]
}

/** A booked parcel needs its reservation and the charge that stands, of the right amount. */
function parcelProblems({ attempt, reservation, payment, chargeId, total }: Attempt, standing: readonly BookedCharge[]): string[] {
  const problems: string[] = []
  const charge = standing.find(({ id }) => id === chargeId)
  if (reservation !== 'held') problems.push(`attempt ${attempt} is shipped, and its reservation is ${reservation ?? 'not there'}`)
  if (payment !== 'charged') problems.push(`attempt ${attempt} is shipped, and its payment is ${payment ?? 'not there'}`)
  if (!charge) problems.push(`attempt ${attempt} is shipped, and the provider has no standing charge ${chargeId}`)
  else if (charge.amount !== total) problems.push(`attempt ${attempt} costs ${total}, and ${charge.amount} was charged`)
  return problems
}

/** What an attempt that was not shipped may not leave. */
function leftovers({ attempt, reservation, payment }: Attempt): string[] {
  const problems: string[] = []
  if (reservation === 'held') problems.push(`attempt ${attempt} is not shipped, and its stock is still reserved`)
  if (payment === 'charged' || payment === 'pending') problems.push(`attempt ${attempt} is not shipped, and its payment is ${payment}`)
  return problems
}

/** Charges that nobody ordered. */
function strangers(before: Books, after: Books): Violation[] {
  const orders = new Set(after.attempts.map(({ orderId }) => orderId))
  const old = new Set(before.charges.map(({ id }) => id))
  return after.charges
    .filter(({ id, reference }) => !old.has(id) && !orders.has(reference))
    .map(({ id, reference }) => ({ about: reference, what: `charge ${id} is of an order that the database does not know` }))
}

/** What is left and what is reserved must be what was left and what was reserved: of what is reserved, the orders themselves are checked. */
function stockProblems(before: Books, after: Books): Violation[] {
  const all = (books: Books, sku: string): number => (books.stock[sku] ?? 0) + (unitsOf(books.attempts.filter(isHeld))[sku] ?? 0)
  const products = [...new Set([...Object.keys(before.stock), ...Object.keys(after.stock)])]
  return products.flatMap((sku) => {
    const lost = all(before, sku) - all(after, sku)
    if (lost === 0) return []
    return [{ about: sku, what: `${Math.abs(lost)} units ${lost > 0 ? 'are lost' : 'are too many'}: ${after.stock[sku] ?? 0} are left` }]
  })
}

function balances(before: Books, after: Books): Record<string, ProductBalance> {
  const shipped = unitsOf(after.attempts)
  return Object.fromEntries(
    Object.entries(after.stock).map(([sku, left]) => [sku, { before: before.stock[sku] ?? 0, shipped: shipped[sku] ?? 0, after: left }]),
  )
}

function unitsOf(attempts: readonly Attempt[]): Record<string, number> {
  const units: Record<string, number> = {}
  for (const { sku, quantity } of attempts.flatMap(({ lines }) => lines)) units[sku] = (units[sku] ?? 0) + quantity
  return units
}

function countEnds(orders: readonly EndedOrder[]): Record<string, number> {
  const counts = [...groupBy(orders, ({ end }) => end)].map(([end, all]) => [end, all.length] as const)
  return Object.fromEntries(counts.toSorted(([, a], [, b]) => b - a))
}

const isHeld = ({ reservation }: Attempt): boolean => reservation === 'held'
const isApproved = ({ outcome }: BookedCharge): boolean => outcome === 'approved'
const stands = (charge: BookedCharge): boolean => isApproved(charge) && !charge.refunded

function groupBy<T>(all: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const group = groups.get(key(one))
    if (group) group.push(one)
    else groups.set(key(one), [one])
  }
  return groups
}
