import type { Client } from '@temporalio/client'

export interface ParkOptions {
  readonly taskQueue: string
  /** How many workflows wait in the end that did not before. */
  readonly count: number
}

/** Starts and queries at a time. */
const CONCURRENCY = 16

/** An input with the optional parts, as a product has it. */
const INPUT = {
  orderId: 'order-1',
  customer: { id: 'ada', email: 'ada@example.com', language: 'en' },
  lines: [
    { sku: 'pocket-sundial', quantity: 1 },
    { sku: 'wall-sundial', quantity: 2, note: 'as a present' },
  ],
  shippingAddress: { name: 'Ada Lovelace', street: '1 Harbour Street', postalCode: 'SW1Y 4JH', city: 'London', country: 'GB' },
  priority: 'express',
}

/** Starts workflows that wait. Resolves when each has answered: it has run, and is in the cache of its worker. */
export async function park(client: Client, { taskQueue, count }: ParkOptions): Promise<null> {
  const begin = Date.now()
  let started = 0
  const loop = async () => {
    while (started < count) {
      const workflowId = `park-${process.pid}-${begin}-${started++}`
      const handle = await client.workflow.start('park', { workflowId, taskQueue, args: [INPUT] })
      await handle.query('progress')
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, loop))
  return null
}
