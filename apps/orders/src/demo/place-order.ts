import { setTimeout as delay } from 'node:timers/promises'
import type { Fulfilment, Order, OrderEvent, OrderStatus } from '../contract.ts'
import type { OrdersApi } from './api-client.ts'
import type { Printer } from './printer.ts'

/** How often the order is asked for its status, in milliseconds. */
const POLL_MS = 150
/** Steps after which nothing more happens. */
const ENDS: readonly OrderStatus['step'][] = ['completed', 'failed', 'cancelled', 'needs-attention']

export interface PlaceOrderOptions {
  readonly api: OrdersApi
  readonly printer: Printer
  readonly workflowId: string
  readonly order: Order
}

/** Sends the order, prints what happens as it happens, approves it when it waits for that. Rejects when it is not fulfilled. */
export async function placeOrder({ api, printer, workflowId, order }: PlaceOrderOptions): Promise<Fulfilment> {
  const startedAt = Date.now()
  await api.start(workflowId, order)
  let printed = 0
  let approved = false
  for (;;) {
    const status = await api.status(workflowId)
    for (const event of status.history.slice(printed)) printer.step(markOf(event), Date.parse(event.at) - startedAt, event.message)
    printed = status.history.length
    if (ENDS.includes(status.step)) return api.result(workflowId)
    if (status.step === 'waiting-for-approval' && !approved) {
      await api.approve(workflowId, 'demo')
      approved = true
    }
    await delay(POLL_MS)
  }
}

function markOf({ step, message }: OrderEvent): 'done' | 'waiting' | 'bad' {
  if (step === 'undoing' || message.startsWith('stopped')) return 'bad'
  return step === 'waiting-for-approval' && message.startsWith('waits') ? 'waiting' : 'done'
}
