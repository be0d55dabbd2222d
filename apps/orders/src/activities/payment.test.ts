import { EventEmitter, once } from 'node:events'
import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TEST_CARDS } from '../contract.ts'
import type { Claim } from '../contract/activities.ts'
import { createPaymentProvider, type PaymentProvider } from '../payment/provider.ts'
import { accept, activityContext, API_KEY, type RunningSandbox, startSandbox } from '../testing/fixture.ts'
import { withOrdersDatabase } from '../testing/with-postgresql.ts'
import { chargeCard } from './charge-card.ts'
import { changePayment } from './payment-rows.ts'
import { refundCard } from './refund-card.ts'

let pool: Pool
withOrdersDatabase((started) => (pool = started))
let sandbox: RunningSandbox
let provider: PaymentProvider
beforeAll(async () => {
  sandbox = await startSandbox()
  provider = createPaymentProvider({ url: sandbox.url, apiKey: API_KEY, deadlineMs: 300 })
})
afterAll(() => sandbox.stop())

const charge = (claim: Claim, card: keyof typeof TEST_CARDS = 'approved', by = provider) =>
  chargeCard(pool, by)({ claim, cardNumber: TEST_CARDS[card] }, activityContext('chargeCard'))
const refund = (claim: Claim, by = provider) => refundCard(pool, by)({ claim }, activityContext('refundCard'))

interface ProviderCharge {
  readonly id: string
  readonly outcome: string
  readonly refunded: boolean
  readonly amount: number
}
async function atProvider(claim: Claim): Promise<ProviderCharge[]> {
  const response = await fetch(`${sandbox.url}/charges?reference=${claim.orderId}`, { headers: { authorization: `Bearer ${API_KEY}` } })
  return ((await response.json()) as { charges: ProviderCharge[] }).charges
}
async function row(claim: Claim): Promise<string | undefined> {
  const { rows } = await pool.query<{ state: string }>('select state from payments where order_id = $1 and attempt = $2', [claim.orderId, claim.attempt])
  return rows[0]?.state
}

/** A process that dies right after the provider did what it was asked. */
const dying: PaymentProvider = {
  async charge(...args) {
    await provider.charge(...args)
    throw new Error('died')
  },
  async refund(...args) {
    await provider.refund(...args)
    throw new Error('died')
  },
  async reverse(...args) {
    await provider.reverse(...args)
    throw new Error('died')
  },
}

/** The provider on a road that is blocked before it gets a charge, or after it answered, until `go`. */
function hold(where: 'before' | 'after') {
  const road = new EventEmitter()
  const reached = once(road, 'reached')
  const block = async () => {
    const free = once(road, 'free')
    road.emit('reached')
    await free
  }
  const late: PaymentProvider = {
    ...provider,
    async charge(...args) {
      if (where === 'before') await block()
      const answer = await provider.charge(...args)
      if (where === 'after') await block()
      return answer
    },
  }
  return { late, reached, go: () => road.emit('free') }
}

test('charges once, however often and however many at once', async () => {
  const claim = await accept(pool)
  const results = await Promise.all([1, 2, 3, 4].map(() => charge(claim)))
  results.push(await charge(claim))
  expect(new Set(results.map(({ chargeId }) => chargeId)).size).toBe(1)
  expect(await atProvider(claim)).toMatchObject([{ outcome: 'approved', amount: 9800, refunded: false }])
})

test('a crash after the provider charged, before that is written: the next attempt finds the charge', async () => {
  const claim = await accept(pool)
  await expect(charge(claim, 'approved', dying)).rejects.toThrow('died')
  expect(await row(claim)).toBe('pending')
  await charge(claim)
  expect(await row(claim)).toBe('charged')
  expect(await atProvider(claim)).toHaveLength(1)
})

test.each([
  ['declined', 'card-declined'],
  ['insufficientFunds', 'insufficient-funds'],
] as const)('a card that is %s is an answer, which stays the same', async (card, reason) => {
  const claim = await accept(pool)
  const declined = { type: 'CardDeclined', nonRetryable: true, details: [{ reason }] }
  await expect(charge(claim, card)).rejects.toMatchObject(declined)
  // Even with another card: the order was already given its answer. A new run gets a new attempt, and may charge again.
  await expect(charge(claim)).rejects.toMatchObject(declined)
  expect(await refund(claim)).toEqual({ refunded: false })
})

test('a provider that is down is worth another attempt, and charges once in the end', async () => {
  const claim = await accept(pool)
  for (let attempt = 1; attempt <= 2; attempt += 1)
    await expect(charge(claim, 'down')).rejects.toMatchObject({ type: 'PaymentUnavailable', nonRetryable: false })
  await charge(claim, 'down')
  expect(await atProvider(claim)).toMatchObject([{ outcome: 'approved' }])
})

test('a provider that is too slow is worth another attempt, which gets the charge of the first', async () => {
  const claim = await accept(pool)
  await expect(charge(claim, 'slow')).rejects.toMatchObject({ type: 'PaymentUnavailable', nonRetryable: false })
  await charge(claim, 'slow')
  expect(await atProvider(claim)).toHaveLength(1)
})

test('a provider that is not there at all is worth another attempt', async () => {
  const nowhere = createPaymentProvider({ url: 'http://127.0.0.1:1', apiKey: API_KEY })
  await expect(charge(await accept(pool), 'approved', nowhere)).rejects.toMatchObject({
    type: 'PaymentUnavailable',
    message: 'The payment provider is away. The same order may be sent again',
  })
})

test('gives the money back once, also when it dies in between', async () => {
  const claim = await accept(pool)
  await charge(claim)
  await expect(refund(claim, dying)).rejects.toThrow('died')
  expect(await row(claim)).toBe('charged')
  expect(await refund(claim)).toEqual({ refunded: true })
  expect(await refund(claim)).toEqual({ refunded: true })
  expect(await row(claim)).toBe('refunded')
  expect(await atProvider(claim)).toMatchObject([{ refunded: true }])
})

test('gives money back of which it does not know that it was taken', async () => {
  const claim = await accept(pool)
  await expect(charge(claim, 'approved', dying)).rejects.toThrow('died')
  await expect(refund(claim, dying)).rejects.toThrow('died')
  expect(await refund(claim)).toEqual({ refunded: true })
  expect(await row(claim)).toBe('refunded')
  expect(await atProvider(claim)).toMatchObject([{ refunded: true }])
})

test('a late charge that is written after its reversal: the refund is made already', async () => {
  const claim = await accept(pool)
  await expect(charge(claim, 'approved', dying)).rejects.toThrow('died')
  await expect(refund(claim, dying)).rejects.toThrow('died')
  const [taken] = await atProvider(claim)
  expect(await changePayment(pool, claim, { from: ['pending'], to: 'charged', chargeId: taken?.id })).toBe(true)
  expect(await refund(claim)).toEqual({ refunded: true })
  expect(await row(claim)).toBe('refunded')
})

test('a charge that arrives at the provider after the refund is refused there', async () => {
  const claim = await accept(pool)
  const { late, reached, go } = hold('before')
  const charging = charge(claim, 'approved', late)
  await reached
  expect(await refund(claim)).toEqual({ refunded: false })
  go()
  await expect(charging).rejects.toMatchObject({ type: 'PaymentRefusedError', nonRetryable: true })
  expect([await row(claim), await atProvider(claim)]).toEqual(['void', []])
})

test('an answer that arrives after the refund is no charge any more', async () => {
  const claim = await accept(pool)
  const { late, reached, go } = hold('after')
  const charging = charge(claim, 'approved', late)
  await reached
  expect(await refund(claim)).toEqual({ refunded: true })
  go()
  await expect(charging).rejects.toMatchObject({ type: 'Superseded', nonRetryable: true })
  expect([await row(claim), await atProvider(claim)]).toMatchObject(['refunded', [{ refunded: true }]])
})

test('a charge that begins after the refund does not reach the provider', async () => {
  const claim = await accept(pool)
  expect(await refund(claim)).toEqual({ refunded: false })
  await expect(charge(claim)).rejects.toMatchObject({ type: 'Superseded', nonRetryable: true })
  expect(await atProvider(claim)).toEqual([])
})

test('an order that was undone and comes again is charged anew, with a key of its own', async () => {
  const claim = await accept(pool)
  await charge(claim)
  await refund(claim)
  const again = await accept(pool, { orderId: claim.orderId })
  expect(again.attempt).toBe(2)
  await charge(again)
  expect((await atProvider(claim)).map(({ refunded }) => refunded)).toEqual([true, false])
})
