import type { ActivityImplementations } from '@sundial/worker/activity'
import type { Pool } from 'pg'
import type { orders } from '../contract.ts'
import type { PaymentProvider } from '../payment/provider.ts'
import { acceptOrder, type ApprovalPolicy } from './accept-order.ts'
import { chargeCard } from './charge-card.ts'
import { notifyCustomer } from './notify-customer.ts'
import { refundCard } from './refund-card.ts'
import { cancelShipment, createShipment } from './shipment.ts'
import { releaseStock, reserveStock } from './stock.ts'
import { summariseDay } from './summarise-day.ts'

export interface ActivityDependencies {
  readonly pool: Pool
  readonly provider: PaymentProvider
  readonly policy: ApprovalPolicy
}

/** Every activity of the contract. Each may run again, late, or twice at once, without doing its work twice. */
export function createActivities({ pool, provider, policy }: ActivityDependencies): ActivityImplementations<typeof orders> {
  return {
    acceptOrder: acceptOrder(pool, policy),
    reserveStock: reserveStock(pool),
    releaseStock: releaseStock(pool),
    chargeCard: chargeCard(pool, provider),
    refundCard: refundCard(pool, provider),
    createShipment: createShipment(pool),
    cancelShipment: cancelShipment(pool),
    notifyCustomer: notifyCustomer(pool),
    summariseDay: summariseDay(pool),
  }
}
