import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ActivityName } from '@sundial/contract'
import { closeHttpServer, createLogger } from '@sundial/runtime'
import type { ActivityContext } from '@sundial/worker/activity'
import { testActivityContext } from '@sundial/worker/testing'
import type { Pool } from 'pg'
import { acceptOrder } from '../activities/accept-order.ts'
import { orders, type OrderLine } from '../contract.ts'
import type { Claim } from '../contract/activities.ts'
import { openJournal } from '../payment-sandbox/journal.ts'
import { Ledger } from '../payment-sandbox/ledger.ts'
import { createSandbox } from '../payment-sandbox/server.ts'

export const API_KEY = 'the-key-of-this-test'
export const silent = createLogger('test', 'silent')

export interface RunningSandbox {
  readonly url: string
  /** Where its state is. */
  readonly folder: string
  /** Stops it and starts it again on the same state. */
  restart(): Promise<RunningSandbox>
  stop(): Promise<void>
}

/** The payment sandbox over real HTTP, quick when it is slow. */
export async function startSandbox(slowMs = 400, folder?: string): Promise<RunningSandbox> {
  const state = folder ?? (await mkdtemp(join(tmpdir(), 'orders-sandbox-')))
  const journal = await openJournal(state)
  const app = createSandbox({ ledger: new Ledger(journal), apiKey: API_KEY, logger: silent, slowMs })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const close = async () => {
    await closeHttpServer({ server: app.server, close: () => app.close(), graceMs: 200 })
    await journal.close()
  }
  return {
    folder: state,
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    async restart() {
      await close()
      return startSandbox(slowMs, state)
    },
    async stop() {
      await close()
      await rm(state, { recursive: true })
    },
  }
}

/** What an activity of this contract gets from the worker, outside of one. */
export function activityContext<A extends ActivityName<typeof orders>>(name: A, signal?: AbortSignal): ActivityContext<typeof orders, A> {
  return testActivityContext(orders, name, signal && { signal })
}

let orderNumber = 0
/** An order id that no other test has. */
export function newOrderId(): string {
  orderNumber += 1
  return `test-${orderNumber}`
}

/** Accepts an order as its own workflow would. */
export async function accept(pool: Pool, order: { orderId?: string; lines?: OrderLine[]; workflowId?: string; customerId?: string } = {}): Promise<Claim> {
  const { orderId = newOrderId(), lines = [{ sku: 'pocket-sundial', quantity: 2 }], customerId = 'ada' } = order
  const activity = acceptOrder(pool, { limit: 50_000, deadlineMs: 1000 })
  const input = { orderId, lines, customer: { id: customerId, email: 'ada@example.com' }, workflowId: order.workflowId ?? `order-${orderId}` }
  return (await activity(input, activityContext('acceptOrder'))).claim
}
