import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stateFolder } from '@sundial/local'
import { TEST_CARDS } from 'orders/contract'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { killAndWait } from '../drill/kills/kill.ts'
import { account } from '../shop/accounting.ts'
import { ShopApi } from '../shop/api.ts'
import { readBooks } from '../shop/books.ts'
import { follow, type EndedOrder, type PlacedOrder } from '../shop/customer.ts'
import { orderOf } from '../shop/mix.ts'
import { ROOT, sundial } from '../support/command.ts'
import { KeptConnections } from '../support/kept-connections.ts'
import { PlatformClient } from '../support/platform-client.ts'

const ROLES = ['matching', 'history', 'frontend']
/** Customers who order one thing after the other, without a break. */
const CUSTOMERS = 4

let stateRoot: string
let platform: PlatformClient
beforeAll(async () => {
  stateRoot = await mkdtemp(join(tmpdir(), 'sundial-instances-'))
  process.env['SUNDIAL_STATE'] = stateRoot
  platform = new PlatformClient(stateFolder(ROOT, 'development'))
  const up = await sundial(['up', '--detach', ...[...ROLES, 'orders-api'].flatMap((name) => ['--replicas', `${name}=2`])], { stateRoot })
  if (up.code !== 0) throw new Error(`the platform did not start:\n${up.stderr}`)
})
afterAll(async () => {
  const down = await sundial(['down'], { stateRoot })
  if (down.code !== 0) throw new Error(`the platform did not stop; its state is in ${stateRoot}:\n${down.stderr}`)
  await rm(stateRoot, { recursive: true })
})

test('with two copies of history, matching and the frontend, no order fails when one of each is killed', async () => {
  const started = new Map((await platform.services()).map((service) => [service.name, service]))
  expect([...started.keys()]).toEqual(expect.arrayContaining(ROLES.flatMap((role) => [`temporal-${role}-1`, `temporal-${role}-2`])))
  const before = await readBooks(platform)

  const shop = new Shop(platform)
  for (const role of ROLES) {
    await shop.everybodyIsServed()
    await killAndWait(platform, [`temporal-${role}-1`], { withinMs: 60_000, underWay: CUSTOMERS })
  }
  await shop.everybodyIsServed()
  const orders = await shop.close()

  const { violations, ends, charges } = account(before, orders, await readBooks(platform))
  expect(violations).toEqual([])
  expect(ends).toEqual({ completed: orders.length })
  expect(charges).toEqual({ approved: orders.length, refunded: 0, standing: orders.length, declined: 0 })

  // All are back, and nothing else was touched.
  const { state, processes } = await platform.status()
  expect(state).toBe('ready')
  const restarted = processes.filter(({ name, restarts }) => restarts > (started.get(name)?.restarts ?? 0)).map(({ name }) => name)
  expect(restarted.toSorted()).toEqual(ROLES.map((role) => `temporal-${role}-1`).toSorted())
})

test('with two copies of the API, no request fails while they are restarted, nor breaks a connection that was kept', async () => {
  const url = `http://${await platform.addressOf('orders-api', 'http')}/v1/workflows`
  // Half of them are served by each. Nobody has a token: what is asked for is an answer.
  const kept = new KeptConnections(url, 8)
  onTestFinished(() => kept.close())
  for (const copy of ['orders-api-1', 'orders-api-2']) {
    await kept.ask()
    const operations = await platform.addressOf(copy, 'operations')
    const over = new AbortController()
    const load = answersOf(url, over.signal)
    const restarted = sundial(['restart', copy], { stateRoot }).finally(() => over.abort())
    await expect.poll(() => isReady(operations), { timeout: 30_000, interval: 20 }).toBe(false)
    expect((await kept.ask()).filter(({ isKept }) => !isKept)).toEqual([])
    expect(await restarted).toMatchObject({ code: 0 })
    expect(Object.keys(await load)).toEqual(['401'])
  }
})

async function isReady(operations: string): Promise<boolean> {
  return await fetch(`http://${operations}/ready`).then(
    ({ ok }) => ok,
    () => false,
  )
}

/** What callers are answered who ask without a break until it is over, and never again: how often each status, or the reason why there was none. */
async function answersOf(url: string, over: AbortSignal): Promise<Record<string, number>> {
  const answers: Record<string, number> = {}
  const caller = async () => {
    while (!over.aborted) {
      const answer = await fetch(url).then(
        async (response) => (await response.text(), response.status),
        (error: Error) => `${error.message}: ${String(error.cause)}`,
      )
      answers[answer] = (answers[answer] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: CUSTOMERS }, caller))
  return answers
}

/** Customers that order without a break, until the shop closes. */
class Shop {
  readonly #closing = new AbortController()
  readonly #api: ShopApi
  readonly #ended: EndedOrder[] = []
  readonly #customers: Promise<void>[]
  /** By customer, told when an order of theirs has ended. */
  readonly #waiting = new Map<number, () => void>()

  constructor(of: PlatformClient) {
    this.#api = new ShopApi(of, new AbortController().signal)
    this.#customers = Array.from({ length: CUSTOMERS }, (_, customer) => this.#order(customer))
  }

  /** Resolves when each customer's next order has ended: everybody has one under way all the time. */
  async everybodyIsServed(): Promise<void> {
    const served = this.#customers.map((_, customer) => new Promise<void>((resolve) => void this.#waiting.set(customer, resolve)))
    // Customers stay until the shop closes: they end before it only by an error.
    await Promise.race([Promise.all(served), Promise.all(this.#customers)])
  }

  /** Every order, once all have ended. */
  async close(): Promise<readonly EndedOrder[]> {
    this.#closing.abort()
    await Promise.all(this.#customers)
    return this.#ended
  }

  async #order(customer: number): Promise<void> {
    const orders = ordersThatComplete(`instances-${customer}`)
    while (!this.#closing.signal.aborted) {
      this.#ended.push(await follow(this.#api, orders.next().value))
      this.#waiting.get(customer)?.()
    }
  }
}

/** Orders that a shop completes at once, if nothing fails. */
function* ordersThatComplete(prefix: string): Generator<PlacedOrder, never> {
  for (let number = 0; ; number++) {
    const order = orderOf(number, prefix)
    if (order.allowed.join() === 'completed' && order.input.cardNumber === TEST_CARDS.approved) yield order
  }
}
