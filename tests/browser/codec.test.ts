import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { chromiumPath, launchChromium, NO_CHROMIUM } from '../support/chromium.ts'
import { order, result, start } from '../support/orders.ts'
import { addressOf } from '../support/platform.ts'
import { signToken } from '../support/signed-tokens.ts'
import { openAs, screenshot, visit } from '../support/web-ui.ts'

const chromium = chromiumPath()
let browser: Browser | undefined
/** Answered by an error, so that there is the message of a failure too. */
const declined = order({ cardNumber: '4000000000000002' })
const done = order()

beforeAll(async () => {
  if (chromium === undefined) return
  browser = await launchChromium(chromium)
  await Promise.all([start(done), start(declined)])
  expect(await result(done.orderId)).toMatchObject({ status: 200 })
  expect(await result(declined.orderId)).toMatchObject({ status: 402 })
})
afterAll(() => browser?.close())
beforeEach((context) => context.skip(!browser, NO_CHROMIUM))

const pageOf = (orderId: string) => `/namespaces/orders/workflows/${orderId}`
const shown = (page: Page) => page.getByRole('main').innerText()
const codec = async () => `http://${await addressOf('temporal-codec', 'http')}`

test('the Web UI shows payloads to a developer who signed in to the codec server, and not before', async () => {
  const visitor = await visit(browser!)
  const { page, ui } = visitor
  await openAs(visitor, 'developer', '/namespaces/orders/workflows')
  const asked = page.waitForResponse(async (response) => response.url().startsWith(`${await codec()}/decode`))
  await page.goto(pageOf(done.orderId))
  expect((await asked).status()).toBe(401)
  await expect.poll(() => shown(page), { timeout: 30_000 }).toMatch(/Input[^]*Result[^]*acceptOrder/)
  const before = await shown(page)
  expect(before).not.toContain('grace@example.com')
  expect(before).not.toContain('trackingNumber')
  await screenshot(page, 'payloads-encrypted')

  // The identity provider knows who it is: nothing is asked.
  await page.goto(`${await codec()}/login`)
  await page.waitForURL(`${ui}/**`)
  await page.goto(pageOf(done.orderId))
  await expect.poll(() => shown(page), { timeout: 30_000 }).toMatch(/grace@example\.com[^]*"trackingNumber": "SD\d+"/)
  await screenshot(page, 'payloads')
  await page.goto(pageOf(declined.orderId))
  await expect.poll(() => shown(page), { timeout: 30_000 }).toContain('card-declined')
  await visitor.context.close()
})

test('decrypts for those who may read the namespace, and only in the pages that may ask', async () => {
  const ask = async (path: string, headers: Record<string, string>) => {
    const body = JSON.stringify({ payloads: [] })
    const response = await fetch(`${await codec()}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
    return { status: response.status, allowed: response.headers.get('access-control-allow-origin') }
  }
  const orders = { 'x-namespace': 'orders' }
  const origin = `http://${await addressOf('temporal-ui', 'http')}`
  const as = async (...permissions: string[]) => ({ ...orders, authorization: `Bearer ${await signToken({ permissions })}` })
  expect(await ask('/decode', { ...orders, origin })).toEqual({ status: 401, allowed: origin })
  expect(await ask('/decode', { ...(await as('orders:read')), origin })).toEqual({ status: 200, allowed: origin })
  expect(await ask('/decode', { ...(await as('orders:read')), origin: 'http://127.0.0.1:9' })).toEqual({ status: 403, allowed: null })
  expect(await ask('/decode', await as('others:admin'))).toMatchObject({ status: 403 })
  // It only decrypts, unless the configuration says otherwise.
  expect(await ask('/encode', await as('orders:admin'))).toMatchObject({ status: 404 })
})
