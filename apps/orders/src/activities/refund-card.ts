import type { Pool } from 'pg'
import type { PaymentProvider } from '../payment/provider.ts'
import type { Implementation } from './implementation.ts'
import { withoutRetryOfRefusals } from './payment-refusals.ts'
import { changePayment, openPayment } from './payment-rows.ts'

/** Afterwards no money of this claim is with us, and none can come: also when it is not known whether the card was charged. */
export function refundCard(pool: Pool, provider: PaymentProvider): Implementation<'refundCard'> {
  return async ({ claim }, context) => {
    const payment = await openPayment(pool, claim, 'void')
    const { chargeId: knownCharge } = payment
    if (payment.state === 'charged' && knownCharge !== null) {
      await withoutRetryOfRefusals(() => provider.refund(`${payment.key}.refund`, knownCharge, context.signal))
      await changePayment(pool, claim, { from: ['charged', 'refunded'], to: 'refunded' })
      return { refunded: true }
    }
    if (payment.state === 'pending') {
      const { chargeId } = await withoutRetryOfRefusals(() => provider.reverse(payment.key, context.signal))
      // A late attempt of the charge may have written its answer meanwhile; the reversal holds all the same.
      await changePayment(pool, claim, { from: ['pending', 'charged', 'declined'], to: chargeId === undefined ? 'void' : 'refunded', chargeId })
      return { refunded: chargeId !== undefined }
    }
    // Nothing was taken: it was declined, or the charge never began, and our row keeps it from beginning.
    return { refunded: payment.state === 'refunded' }
  }
}
