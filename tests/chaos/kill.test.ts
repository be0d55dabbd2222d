import { expect, test } from 'vitest'
import { charges, order, result, start } from '../support/orders.ts'
import { processNamed } from '../support/platform.ts'

/** Orders that are under way at each kill, and that are sent after it while the process is down. */
const ORDERS = 15

test.each(['temporal-history', 'orders-worker'])('while orders run, %s is killed: every order ends, and no card is charged twice', async (name) => {
  const before = await processNamed(name)
  const inputs = Array.from({ length: ORDERS * 2 }, () => order())
  const underWay = await Promise.all(inputs.slice(0, ORDERS).map((input) => startUntilTaken(input)))
  expect(underWay.every((status) => status === 201 || status === 200)).toBe(true)
  process.kill(before.pid!, 'SIGKILL')
  await Promise.all(inputs.slice(ORDERS).map((input) => startUntilTaken(input)))

  const ends = await Promise.all(inputs.map((input) => endOf(input.orderId)))
  expect(ends.map(({ status, body }) => [status, body?.detail])).toEqual(inputs.map(() => [200, undefined]))
  const booked = await Promise.all(inputs.map((input) => charges(input.orderId)))
  expect(booked.map((of) => of.filter((charge) => charge.outcome === 'approved' && !charge.refunded).length)).toEqual(inputs.map(() => 1))

  const after = await untilReady(name)
  expect(after.pid).not.toBe(before.pid)
  expect(after.restarts).toBe(before.restarts + 1)
})

/** The idempotency key makes a start safe to repeat: an answer may be lost with the process that was killed. */
async function startUntilTaken(input: { orderId: string }): Promise<number> {
  for (;;) {
    const { status, body } = await start(input, { 'idempotency-key': input.orderId })
    if (status < 500 && status !== 429) return status
    expect(body.retryable, JSON.stringify(body)).toBe(true)
  }
}

async function endOf(orderId: string): Promise<Awaited<ReturnType<typeof result>>> {
  for (;;) {
    const answer = await result(orderId)
    if (answer.status < 500 && answer.status !== 429) return answer
    expect(answer.body.retryable, JSON.stringify(answer.body)).toBe(true)
  }
}

async function untilReady(name: string): Promise<Awaited<ReturnType<typeof processNamed>>> {
  await expect.poll(async () => (await processNamed(name)).state, { interval: 100, timeout: 60_000 }).toBe('ready')
  return processNamed(name)
}
