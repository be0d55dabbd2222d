import type { WorkflowInput } from '@sundial/contract'
import { startTestEnvironment } from '@sundial/worker/testing'
import { orders } from 'orders/contract'
import { ROOT } from '../support/command.ts'
import { order } from '../support/orders.ts'

const DAY_MS = 86_400_000

/** The orders' workflows, with activities that only say what they were asked for. Each order waits for a day to be approved. Whoever opens it closes it. */
export async function open({ contract = orders, ...where }: { env: NodeJS.ProcessEnv; timeSkipping?: boolean; contract?: typeof orders }) {
  const called: string[] = []
  const total = { amount: 90_000, currency: 'EUR' as const }
  const environment = await startTestEnvironment({
    ...where,
    contract,
    workflows: new URL(`file://${ROOT}apps/orders/dist/workflows/index.js`),
    activities: {
      acceptOrder: async ({ orderId }) => ({ claim: { orderId, attempt: 1 }, total, approval: { required: true, deadlineMs: DAY_MS } }),
      reserveStock: async () => ({ units: called.push('reserve') }),
      chargeCard: async () => ({ chargeId: `ch_${called.push('charge')}` }),
      createShipment: async () => ({ trackingNumber: `SD${called.push('ship')}` }),
      notifyCustomer: async ({ kind }) => ({ messageId: `m${called.push(kind)}` }),
      releaseStock: async () => ({ released: called.push('release') > 0 }),
      refundCard: async () => ({ refunded: called.push('refund') > 0 }),
      cancelShipment: async () => ({ cancelled: called.push('call back') > 0 }),
      summariseDay: async ({ day }) => ({ day, accepted: called.push('summarise'), shipped: 0, declined: 0, revenue: total }),
    },
  })
  return { environment, called }
}

/** A valid order. */
export function input() {
  return order() as unknown as WorkflowInput<typeof orders, 'fulfil-order'>
}
