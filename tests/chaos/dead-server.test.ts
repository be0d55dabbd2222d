import { expect, test } from 'vitest'
import { order, result, start } from '../support/orders.ts'
import { addressOf, processNamed } from '../support/platform.ts'

/** Worse than a server that is gone: connections stay open, and nothing answers. */
test('a worker and an API whose Temporal answers nothing say that they are not ready, and recover by themselves', async () => {
  const frontend = await processNamed('temporal-frontend')
  const clients = ['orders-worker', 'orders-api']
  expect(await Promise.all(clients.map(readiness))).toEqual([200, 200])
  process.kill(frontend.pid!, 'SIGSTOP')
  try {
    for (const client of clients) await untilReadiness(client, 503)
  } finally {
    process.kill(frontend.pid!, 'SIGCONT')
  }
  for (const client of clients) await untilReadiness(client, 200)
  expect((await processNamed('temporal-frontend')).pid).toBe(frontend.pid)
  const input = order()
  await start(input)
  expect((await result(input.orderId)).status).toBe(200)
})

async function readiness(name: string): Promise<number> {
  return (await fetch(`http://${await addressOf(name, 'operations')}/readyz`)).status
}

async function untilReadiness(name: string, status: number): Promise<void> {
  await expect.poll(() => readiness(name), { interval: 250, timeout: 60_000 }).toBe(status)
}
