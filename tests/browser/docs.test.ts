import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { chromiumPath, launchChromium, NO_CHROMIUM } from '../support/chromium.ts'
import { addressOf } from '../support/platform.ts'
import { tokenOf } from '../support/tokens.ts'

const chromium = chromiumPath()
let browser: Browser | undefined
beforeAll(async () => void (browser = chromium === undefined ? undefined : await launchChromium(chromium)))
afterAll(() => browser?.close())
beforeEach((context) => context.skip(!browser, NO_CHROMIUM))

/** The page of the documentation, and whatever goes wrong in it. */
async function open() {
  const api = `http://${await addressOf('orders-api', 'http')}`
  const page = await browser!.newPage()
  onTestFinished(() => page.close())
  const complaints: string[] = []
  page.on('console', (message) => void (['error', 'warning'].includes(message.type()) && complaints.push(message.text())))
  page.on('pageerror', (error) => void complaints.push(error.message))
  page.on('requestfailed', (request) => void complaints.push(`${request.url()}: ${request.failure()?.errorText}`))
  await page.goto(`${api}/docs`)
  await page.locator('.opblock').first().waitFor({ timeout: 60_000 })
  return { api, page, complaints }
}

test('the page shows every operation of the API, and nothing that it does is refused by its policy', async () => {
  const { api, page, complaints } = await open()
  const { paths } = (await (await fetch(`${api}/openapi.json`)).json()) as { paths: Record<string, Record<string, { operationId: string; tags: string[] }>> }
  const operations = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId, tags }) => `operations-${tags[0]}-${operationId}`))
  expect(await page.title()).toBe('Orders API')
  const shown = await page.locator('.opblock').evaluateAll((blocks) => blocks.map(({ id }) => id))
  expect(shown.sort()).toEqual(operations.sort())
  // One of each form is opened, with its schemas and examples.
  const opened = ['startFulfilOrder', 'followFulfilOrder', 'updateWithStartFulfilOrderAwaitAcceptance', 'resetFulfilOrder']
  for (const id of opened) {
    const block = page.locator(`#operations-fulfil-order-${id}`)
    await block.locator('.opblock-control-arrow').click()
    await block.locator('.responses-inner .response').nth(5).waitFor({ timeout: 60_000 })
  }
  expect(await page.getByText('Could not render').count()).toBe(0)
  expect(await page.locator('#operations-fulfil-order-startFulfilOrder').textContent()).toContain('Needs the scope orders:write')
  expect(complaints).toEqual([])
}, 120_000)

test('with a token, an operation is tried out in the page', async () => {
  const { page, complaints } = await open()
  await page.getByRole('button', { name: 'Authorize' }).click()
  const dialog = page.locator('.dialog-ux')
  await dialog.getByRole('textbox').fill(await tokenOf('orders-shop', 'orders:read'))
  await dialog.getByRole('button', { name: 'Apply credentials' }).click()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  const count = page.locator('#operations-workflows-countWorkflows')
  await count.locator('.opblock-control-arrow').click()
  await count.getByRole('button', { name: 'Try it out' }).click()
  await count.getByRole('button', { name: 'Execute' }).click()
  const answer = count.locator('.live-responses-table .response')
  await answer.waitFor({ timeout: 30_000 })
  expect(await answer.locator('.response-col_status').textContent()).toContain('200')
  expect(await answer.textContent()).toContain('"count"')
  expect(complaints).toEqual([])
}, 120_000)
