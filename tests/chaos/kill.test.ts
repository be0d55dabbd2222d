import { randomUUID } from 'node:crypto'
import { TEST_CARDS } from 'orders/contract'
import { expect, test } from 'vitest'
import { killAndWait } from '../drill/kills/kill.ts'
import { account } from '../shop/accounting.ts'
import { ShopApi } from '../shop/api.ts'
import { readBooks } from '../shop/books.ts'
import { follow } from '../shop/customer.ts'
import { orderOf } from '../shop/mix.ts'
import { sharedPlatform } from '../support/platform.ts'

/** Orders that are under way at the kill, and as many that are sent after it, while things are down. */
const ORDERS = 12

const platform = sharedPlatform()
const services = (await platform.services()).map(({ name }) => name)
// The long version, with every pair, is `npm run drill`.
const pair = ['postgresql', 'orders-worker']

test('there is a case for every process', () => {
  expect(services).toEqual(expect.arrayContaining([...pair, 'identity', 'temporal-frontend', 'temporal-history', 'orders-api', 'orders-payment']))
})

test.each([...services.map((name) => [name]), pair].map((victims) => ({ victims, names: victims.join(' and ') })))(
  'while orders run, SIGKILL for $names: every order ends, no card is charged twice, no stock is lost',
  async ({ victims }) => {
    const prefix = randomUUID().slice(0, 13)
    const over = new AbortController()
    const api = new ShopApi(platform, over.signal)
    const orders = Array.from({ length: 100 }, (_, number) => orderOf(number, prefix))
      .filter(isQuick)
      .slice(0, ORDERS * 2)
    const restarts = new Map((await platform.services()).map((service) => [service.name, service.restarts]))
    const before = await readBooks(platform)

    let taken: () => void = () => undefined
    const allTaken = new Promise<void>((resolve) => {
      let open = ORDERS
      taken = () => void (--open === 0 && resolve())
    })
    const first = orders.slice(0, ORDERS).map((order) => follow(api, order, taken))
    await allTaken
    const recovery = killAndWait(platform, victims, { withinMs: 60_000, underWay: ORDERS })
    const second = orders.slice(ORDERS).map((order) => follow(api, order))
    await recovery
    const ended = await Promise.all([...first, ...second])

    const { violations, ends, charges } = account(before, ended, await readBooks(platform))
    expect(violations).toEqual([])
    expect(ends['completed']).toBe(charges.standing)
    expect(charges.standing).toBeGreaterThan(ORDERS)
    for (const { name, restarts: now } of (await platform.services()).filter((service) => victims.includes(service.name))) {
      expect(now).toBeGreaterThan(restarts.get(name)!)
    }
  },
)

/** Orders that wait for a person, or for a provider in trouble, take longer than a kill. */
function isQuick({ input: { cardNumber }, allowed }: ReturnType<typeof orderOf>): boolean {
  return !allowed.includes('ApprovalExpired') && cardNumber !== TEST_CARDS.slow && cardNumber !== TEST_CARDS.down
}
