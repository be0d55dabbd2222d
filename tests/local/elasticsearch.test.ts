import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { chromiumPath, launchChromium, NO_CHROMIUM } from '../support/chromium.ts'
import { sundial } from '../support/command.ts'
import { countWorkflows } from '../support/frontend.ts'
import { api, order, result, start } from '../support/orders.ts'
import { addressOf, processNamed, usePlatformOf } from '../support/platform.ts'
import { running } from '../support/proc.ts'
import { signToken } from '../support/signed-tokens.ts'
import { openAs, screenshot, visit } from '../support/web-ui.ts'

/** The index learns of a change with the server's next bulk request, and shows it with its next refresh: a second each, and a busy machine. */
const SOON = { interval: 100, timeout: 60_000 }

let stateRoot: string
let missing: string | undefined

beforeAll(async () => {
  stateRoot = await mkdtemp(join(tmpdir(), 'sundial-search-'))
  usePlatformOf(stateRoot)
  const up = await sundial(['up', '--detach', '--with', 'elasticsearch'], { stateRoot })
  // A machine without Java and Maven, and without a network. Continuous integration has them.
  if (!process.env['CI'] && up.stderr.includes('SUN_PROGRAM_MISSING')) missing = up.stderr
  else if (up.code !== 0) throw new Error(`the platform with Elasticsearch did not start:\n${up.stdout}\n${up.stderr}`)
})
beforeEach((context) => context.skip(missing !== undefined, `OpenSearch cannot be had: ${missing}`))
afterAll(async () => {
  if (missing === undefined) await sundial(['down'], { stateRoot })
  await rm(stateRoot, { recursive: true })
})

/** Two orders of one customer, of which one is paid with a card that is declined. */
const customer = { id: `customer-${randomUUID()}`, email: 'ada@example.com' }
const good = order({ customer })
const declined = order({ customer, cardNumber: '4000000000000002' })

const count = async (query: string) => countWorkflows({ token: await signToken() }, query)
const listed = async (query = '') => {
  const { status, body } = await api('GET', `/v1/workflows?limit=200${query}`)
  return status === 200 ? (body.items as { workflowId: string }[]).map(({ workflowId }) => workflowId) : status
}
const document = async (workflowId: string) => {
  const query = { query: { term: { WorkflowId: workflowId } } }
  const response = await fetch(`http://${await addressOf('elasticsearch', 'http')}/temporal_visibility_v1/_search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(query),
  })
  return ((await response.json()) as { hits: { hits: { _source: object }[] } }).hits.hits.map(({ _source: source }) => source)
}

test('orders are listed, filtered by status, counted by their own attributes, and are documents of the index', async () => {
  await Promise.all([start(good), start(declined)])
  expect(await result(good.orderId)).toMatchObject({ status: 200 })
  expect((await result(declined.orderId)).status).toBeGreaterThanOrEqual(400)
  await expect.poll(() => count(`OrderCustomer = '${customer.id}' AND ExecutionStatus IN ('Completed', 'Failed')`), SOON).toBe(2)
  expect(await count(`OrderCustomer = '${customer.id}' AND ExecutionStatus = 'Completed' AND OrderAmount > 0`)).toBe(1)
  expect(await listed()).toEqual(expect.arrayContaining([good.orderId, declined.orderId]))
  const completed = await listed('&status=COMPLETED')
  expect(completed).toContain(good.orderId)
  expect(completed).not.toContain(declined.orderId)
  expect(await document(good.orderId)).toEqual([expect.objectContaining({ ExecutionStatus: 'Completed', OrderCustomer: customer.id })])
})

test('a developer finds them in the Web UI by their attributes and by status', async (context) => {
  const path = chromiumPath()
  if (path === undefined) return context.skip(NO_CHROMIUM)
  const browser = await launchChromium(path)
  try {
    const visitor = await visit(browser)
    const { page, ui } = visitor
    await openAs(visitor, 'developer', '/namespaces/orders/workflows')
    await page.goto(`${ui}/namespaces/orders/workflows?query=${encodeURIComponent(`\`OrderCustomer\`="${customer.id}"`)}`)
    await page.getByRole('link', { name: good.orderId }).waitFor()
    await page.getByRole('link', { name: declined.orderId }).waitFor()
    await screenshot(page, 'elasticsearch-by-customer')
    await page.goto(`${ui}/namespaces/orders/workflows?query=${encodeURIComponent(`\`OrderCustomer\`="${customer.id}" AND \`ExecutionStatus\`="Failed"`)}`)
    await page.getByRole('link', { name: declined.orderId }).waitFor()
    await expect.poll(() => page.getByRole('link', { name: good.orderId }).count()).toBe(0)
    await screenshot(page, 'elasticsearch-by-status')
  } finally {
    await browser.close()
  }
})

test('while the search engine is killed orders go on, and lists catch up with nothing lost', async () => {
  const before = await processNamed('elasticsearch')
  process.kill(before.pid!, 'SIGKILL')
  const meanwhile = order({ customer })
  expect((await start(meanwhile)).status).toBe(201)
  expect(await result(meanwhile.orderId)).toMatchObject({ status: 200 })
  await expect.poll(async () => (await processNamed('elasticsearch')).state, { interval: 100, timeout: 120_000 }).toBe('ready')
  const after = await processNamed('elasticsearch')
  expect([after.restarts, after.pid === before.pid]).toEqual([before.restarts + 1, false])
  // The server tries again after pauses that grow.
  await expect.poll(() => listed('&status=COMPLETED'), { interval: 200, timeout: 90_000 }).toEqual(expect.arrayContaining([good.orderId, meanwhile.orderId]))
  expect(await document(declined.orderId)).toHaveLength(1)
}, 300_000)

test('what was switched on is no difference from the configuration; the next start without it says what that means', async () => {
  const status = await sundial(['status', '--json'], { stateRoot })
  expect(status.code, status.stderr).toBe(0)
  expect(JSON.parse(status.stdout)).toMatchObject({ state: 'ready', changes: [] })
  const { pid } = await processNamed('elasticsearch')
  expect(await sundial(['down'], { stateRoot })).toMatchObject({ code: 0 })
  expect(await running([pid!])).toEqual([])
  const other = await sundial(['up', '--detach'], { stateRoot, env: { SUNDIAL_PROGRAM_TEMPORAL: '/no/such/folder' } })
  expect(other).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/temporal\.visibility is postgresql, and was elasticsearch at the last start\. [^]*stays in the old store/),
  })
})
