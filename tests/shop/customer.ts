import type { Order } from 'orders/contract'
import type { ShopApi } from './api.ts'

/** What a customer, or the shop, does about an order once it is placed. */
export type Action = 'approve' | 'reject' | 'cancel'

/** How an order ended: `completed`, the name of the error that the contract declares, or the last part of the problem's type. */
export type End = string

export interface PlacedOrder {
  readonly input: Order
  readonly action?: Action
  /** The ends that it may come to. */
  readonly allowed: readonly End[]
}

export interface EndedOrder extends PlacedOrder {
  readonly end: End
}

/** Places an order, does about it what is to be done, and stays until its end. Every request may be lost and is sent again. */
export async function follow(api: ShopApi, order: PlacedOrder, onTaken: () => void = () => undefined): Promise<EndedOrder> {
  const { orderId } = order.input
  const path = `/v1/workflows/fulfil-order/${orderId}`
  const started = await api.call('POST', '/v1/workflows/fulfil-order', { body: order.input, headers: { 'workflow-id': orderId, 'idempotency-key': orderId } })
  onTaken()
  if (started.status !== 201 && started.status !== 200) return { ...order, end: endOf(started) }
  if (order.action === 'cancel') await api.call('POST', `${path}/cancel`)
  else if (order.action !== undefined) await api.call('POST', `${path}/signals/${order.action}`, { body: DECISIONS[order.action] })
  for (;;) {
    const answer = await api.call('GET', `${path}/result?wait=30`)
    if (answer.status !== 202) return { ...order, end: endOf(answer) }
  }
}

const DECISIONS = { approve: { by: 'ada' }, reject: { by: 'ada', reason: 'too much' } }

function endOf({ status, body }: { status: number; body: any }): End {
  if (status === 200) return 'completed'
  return body?.error?.name ?? String(body?.type ?? `status ${status}`).replace('urn:sundial:problem:', '')
}
