import { randomUUID } from 'node:crypto'
import { behaviourOf } from './cards.ts'
import type { ChargeEntry, Entry, Journal, RefundEntry } from './journal.ts'

export interface ChargeOrder {
  readonly reference: string
  readonly amount: number
  readonly currency: string
  readonly cardNumber: string
}
export interface Charge extends ChargeEntry {
  readonly refunded: boolean
}
/** Why the sandbox says no. */
export type Refusal = 'idempotency_mismatch' | 'charge_reversed' | 'no_such_charge' | 'not_approved' | 'already_refunded'
export type Outcome<T> = { readonly value: T } | { readonly refusal: Refusal }

/** The sandbox's books. Each operation is in the journal before it is answered for, and they run one after the other. */
export class Ledger {
  readonly #journal: Journal
  readonly #charges = new Map<string, Charge>()
  readonly #chargeByKey = new Map<string, string>()
  readonly #refundByKey = new Map<string, RefundEntry>()
  readonly #reversedKeys = new Set<string>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(journal: Journal) {
    this.#journal = journal
    for (const entry of journal.entries) this.#apply(entry)
  }

  charges(reference?: string): Charge[] {
    return [...this.#charges.values()].filter((charge) => reference === undefined || charge.reference === reference)
  }

  /** The same key gives the same charge, whatever became of it since. */
  charge(key: string, order: ChargeOrder): Promise<Outcome<Charge>> {
    return this.#oneByOne(async () => {
      if (this.#reversedKeys.has(key)) return { refusal: 'charge_reversed' }
      const cardLast4 = order.cardNumber.slice(-4)
      const known = this.#byKey(key)
      if (known) {
        const same = known.reference === order.reference && known.amount === order.amount && known.currency === order.currency && known.cardLast4 === cardLast4
        return same ? { value: known } : { refusal: 'idempotency_mismatch' }
      }
      const { reference, amount, currency } = order
      await this.#write({
        type: 'charge',
        key,
        id: `ch_${randomUUID()}`,
        reference,
        amount,
        currency,
        cardLast4,
        outcome: behaviourOf(order.cardNumber).outcome,
        at: now(),
      })
      return { value: this.#byKey(key)! }
    })
  }

  /** Gives all of a charge back. */
  refund(key: string, chargeId: string): Promise<Outcome<RefundEntry>> {
    return this.#oneByOne(async () => {
      const known = this.#refundByKey.get(key)
      if (known) return known.chargeId === chargeId ? { value: known } : { refusal: 'idempotency_mismatch' }
      const charge = this.#charges.get(chargeId)
      if (!charge) return { refusal: 'no_such_charge' }
      if (charge.outcome !== 'approved') return { refusal: 'not_approved' }
      if (charge.refunded) return { refusal: 'already_refunded' }
      const entry: RefundEntry = { type: 'refund', key, id: `re_${randomUUID()}`, chargeId, at: now() }
      await this.#write(entry)
      return { value: entry }
    })
  }

  /** Undoes what was done with a key, and refuses what comes with it later. Gives the charge that is refunded by it, if there was one. */
  reverse(chargeKey: string): Promise<Charge | undefined> {
    return this.#oneByOne(async () => {
      const charge = this.#byKey(chargeKey)
      const approved = charge?.outcome === 'approved' ? charge : undefined
      if (!this.#reversedKeys.has(chargeKey)) await this.#write({ type: 'reversal', chargeKey, ...(approved && { chargeId: approved.id }), at: now() })
      return approved
    })
  }

  #byKey(key: string): Charge | undefined {
    return this.#charges.get(this.#chargeByKey.get(key) ?? '')
  }

  async #write(entry: Entry): Promise<void> {
    await this.#journal.append(entry)
    this.#apply(entry)
  }

  #apply(entry: Entry): void {
    if (entry.type === 'charge') {
      this.#charges.set(entry.id, { ...entry, refunded: false })
      this.#chargeByKey.set(entry.key, entry.id)
      return
    }
    if (entry.type === 'refund') this.#refundByKey.set(entry.key, entry)
    else this.#reversedKeys.add(entry.chargeKey)
    const charge = this.#charges.get(entry.chargeId ?? '')
    if (charge) this.#charges.set(charge.id, { ...charge, refunded: true })
  }

  #oneByOne<T>(operation: () => Promise<T>): Promise<T> {
    const result = this.#last.then(operation)
    this.#last = result.catch(() => {})
    return result
  }
}

function now(): string {
  return new Date().toISOString()
}
