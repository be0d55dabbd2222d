import type { Pool } from 'pg'
import { PaymentUnavailableError } from '../payment/errors.ts'
import type { PaymentProvider } from '../payment/provider.ts'
import type { Implementation } from './implementation.ts'
import { withoutRetryOfRefusals } from './payment-refusals.ts'
import { changePayment, openPayment } from './payment-rows.ts'
import { superseded } from './superseded.ts'

/**
 * Writes that the provider will be asked, asks, writes the answer. A crash at any point is repaired by the next attempt, which asks
 * with the same key. The transaction is not held open while the provider thinks.
 */
export function chargeCard(pool: Pool, provider: PaymentProvider): Implementation<'chargeCard'> {
  return async ({ claim, cardNumber }, context) => {
    const declined = (reason: 'card-declined' | 'insufficient-funds') => context.error('CardDeclined', { reason }, `the card was refused: ${reason}`)
    const payment = await openPayment(pool, claim, 'pending')
    if (payment.state === 'charged' && payment.chargeId !== null) return { chargeId: payment.chargeId }
    if (payment.state === 'declined') throw declined(payment.declineReason ?? 'card-declined')
    if (payment.state !== 'pending') throw superseded('the payment', claim)

    const { key, amount, currency } = payment
    const request = { reference: claim.orderId, amount, currency, cardNumber }
    const answer = await withoutRetryOfRefusals(() => provider.charge(key, request, context.signal)).catch((error: unknown) => {
      if (!(error instanceof PaymentUnavailableError)) throw error
      // The customer is told that it may pass; how the provider failed is for those who run the shop.
      context.log.warn('the payment provider is away', { reason: error.message })
      throw context.error('PaymentUnavailable')
    })
    const written = answer.approved
      ? await changePayment(pool, claim, { from: ['pending', 'charged'], to: 'charged', chargeId: answer.chargeId })
      : await changePayment(pool, claim, { from: ['pending', 'declined'], to: 'declined', declineReason: answer.reason })
    // It was undone while the provider thought, which told the provider to give the money back.
    if (!written) throw superseded('the payment', claim)
    if (!answer.approved) throw declined(answer.reason)
    return { chargeId: answer.chargeId }
  }
}
