import type { ActivityResult } from '@sundial/contract'
import type { Money, Order, orders } from '../contract.ts'
import type { Claim } from '../contract/activities.ts'
import type { Context } from './context.ts'
import { explain } from './explain.ts'
import type { Progress } from './progress.ts'
import type { UndoList } from './undo.ts'

export interface StepsOptions {
  readonly context: Context
  readonly progress: Progress
  readonly undo: UndoList
  readonly order: Order
}

/** The steps of an order. Each says where the order is, remembers how to undo itself, calls its activity, and records what came of it. */
export interface Steps {
  accept(): Promise<ActivityResult<typeof orders, 'acceptOrder'>>
  reserve(claim: Claim): Promise<void>
  /** Gives the provider's id of the charge. */
  charge(claim: Claim): Promise<string>
  /** Gives the tracking number. */
  ship(claim: Claim): Promise<string>
  /** Never rejects: a parcel that is on its way is not called back because a message was not written. */
  tell(claim: Claim, trackingNumber: string): Promise<void>
}

export function createSteps({ context, progress, undo, order }: StepsOptions): Steps {
  const { activities, info } = context
  const { orderId, customer, lines, agreedTotal, cardNumber, shippingAddress } = order
  return {
    async accept() {
      const accepted = await activities.acceptOrder({ orderId, customer, lines, workflowId: info.workflowId, ...(agreedTotal && { agreedTotal }) })
      const { claim, total, approval } = accepted
      progress.accepted(total, approval.required)
      progress.record(`accepted, ${format(total)}${approval.required ? ', needs approval' : ''}`)
      // First in the list, so last to run: the customer hears of it when everything else is undone.
      undo.add({
        step: 'the promise to the customer',
        run: async (reason) => {
          await activities.notifyCustomer({
            claim,
            email: customer.email,
            kind: 'not-fulfilled',
            message: `Your order ${orderId} could not be fulfilled: ${reason}.`,
          })
          return 'customer told'
        },
      })
      return accepted
    },
    async reserve(claim) {
      progress.enter('reserving-stock')
      undo.add({ step: 'the reservation', run: async () => ((await activities.releaseStock({ claim })).released ? 'stock released' : undefined) })
      const { units } = await activities.reserveStock({ claim })
      progress.record(`${units} ${units === 1 ? 'unit' : 'units'} reserved`)
    },
    async charge(claim) {
      progress.enter('charging-card')
      undo.add({ step: 'the charge', run: async () => ((await activities.refundCard({ claim })).refunded ? 'card refunded' : undefined) })
      const { chargeId } = await activities.chargeCard({ claim, cardNumber })
      progress.record(`card charged, ${chargeId}`)
      return chargeId
    },
    async ship(claim) {
      progress.enter('shipping')
      undo.add({ step: 'the shipment', run: async () => ((await activities.cancelShipment({ claim })).cancelled ? 'shipment cancelled' : undefined) })
      const { trackingNumber } = await activities.createShipment({ claim, address: shippingAddress })
      progress.record(`shipped, ${trackingNumber}`)
      return trackingNumber
    },
    async tell(claim, trackingNumber) {
      progress.enter('notifying')
      try {
        await activities.notifyCustomer({ claim, email: customer.email, kind: 'shipped', message: `Your order ${orderId} is on its way: ${trackingNumber}.` })
        progress.record('customer told')
      } catch (error) {
        progress.record(`customer not told: ${explain(error).message}`)
      }
    },
  }
}

function format({ amount, currency }: Money): string {
  return `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')} ${currency}`
}
