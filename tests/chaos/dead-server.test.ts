import { expect, test } from 'vitest'
import { outage } from '../drill/outage/outage.ts'
import { order, result, start } from '../support/orders.ts'
import { processNamed } from '../support/platform.ts'

/** Worse than a server that is gone: connections stay open, and nothing answers. A longer one is `npm run drill outage`. */
test('while Temporal answers nothing under load, all say so in time and live on; no start is lost or doubled', async () => {
  const { pid } = await processNamed('temporal-frontend')
  const seen = await outage({ seconds: 25, callers: 4 })
  for (const name of ['orders-worker', 'orders-api']) {
    expect(seen.notReadyAfterMs[name], name).toBeLessThan(20_000)
    expect(seen.readyAgainAfterMs[name], name).toBeLessThan(30_000)
  }
  expect(seen.notAlive).toBe(0)
  // Calls to Temporal have 10 s.
  expect(seen.slowestMs).toBeLessThan(15_000)
  expect(seen.started).toBeGreaterThanOrEqual(8)
  expect(seen.runs).toBe(seen.started)
  expect(Object.keys(seen.statuses).filter((status) => !['200', '201', '503', '504'].includes(status))).toEqual([])
  expect((await processNamed('temporal-frontend')).pid).toBe(pid)
  const input = order()
  await start(input)
  expect((await result(input.orderId)).status).toBe(200)
})
