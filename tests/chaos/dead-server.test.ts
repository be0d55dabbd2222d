import { expect, test } from 'vitest'
import { outage } from '../drill/outage/outage.ts'
import { verdict } from '../drill/outage/verdict.ts'
import { order, result, start } from '../support/orders.ts'
import { processNamed } from '../support/platform.ts'

/** Worse than a server that is gone: connections stay open, and nothing answers. A longer one is `npm run drill outage`. */
test('while Temporal answers nothing under load, all say so in time and live on; no start is lost or doubled', async () => {
  const before = await pids()
  const seen = await outage({ seconds: 25, callers: 4, around: 4 })
  expect(verdict(seen)).toEqual([])
  expect(seen.started).toBeGreaterThanOrEqual(8)
  expect(await pids()).toEqual(before)
  const input = order()
  await start(input)
  expect((await result(input.orderId)).status).toBe(200)
})

function pids() {
  return Promise.all(['orders-worker', 'orders-api'].map(async (name) => (await processNamed(name)).pid))
}
