import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { chromiumPath, launchChromium, NO_CHROMIUM } from '../support/chromium.ts'
import { countWorkflows, startWorkflow, workflowStatus } from '../support/frontend.ts'
import { order, result, start } from '../support/orders.ts'
import { addressOf, secret } from '../support/platform.ts'
import { signToken } from '../support/signed-tokens.ts'
import { openAs, openSignIn, postFrom, screenshot, sessionHeaders, signIn, visit, type Visitor } from '../support/web-ui.ts'

const LIST = '/namespaces/orders/workflows'
const chromium = chromiumPath()

let browser: Browser | undefined
let visitor: Visitor
/** An order that is done, and a workflow that runs until somebody ends it. */
const done = order()
const running = `running-${randomUUID()}`

beforeAll(async () => {
  if (chromium === undefined) return
  browser = await launchChromium(chromium)
  const token = await signToken()
  expect(await startWorkflow({ token }, running)).toMatchObject({ code: 'OK' })
  await start(done)
  expect(await result(done.orderId)).toMatchObject({ status: 200 })
  const listed = () => countWorkflows({ token }, `WorkflowId IN ('${done.orderId}', '${running}')`)
  await vi.waitFor(async () => expect(await listed()).toBe(2), { timeout: 30_000 })
})
afterAll(() => browser?.close())

beforeEach(async (context) => {
  context.skip(!browser, NO_CHROMIUM)
  visitor = await visit(browser!)
})
afterEach(() => browser && visitor.context.close())

const statusOfRunning = async () => workflowStatus({ token: await signToken() }, running)

test('without a login the Web UI shows nothing of a workflow, and its API refuses', async () => {
  const { page, context, ui } = visitor
  const answers: string[] = []
  page.on('response', (response) => void (response.url().includes('/api/') && answers.push(`${response.status()} ${new URL(response.url()).pathname}`)))
  await page.goto(LIST)
  await page.getByRole('button', { name: 'Continue to SSO' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/login')
  expect(await page.content()).not.toContain(done.orderId)
  // All that it could ask for is how the UI is set up.
  expect(new Set(answers)).toEqual(new Set(['200 /api/v1/settings']))
  const paths = [
    'namespaces',
    'cluster-info',
    'namespaces/orders',
    'namespaces/orders/workflows',
    `namespaces/orders/workflows/${done.orderId}`,
    `namespaces/orders/workflows/${done.orderId}/history`,
  ]
  for (const path of paths) {
    const response = await context.request.get(`${ui}/api/v1/${path}`)
    expect([response.status(), await response.text()], path).toEqual([401, expect.stringContaining('unauthorized')])
  }
})

test('the sign-in page is whole: its own policy stops nothing of it', async () => {
  const { page } = visitor
  const problems: string[] = []
  page.on('console', (message) => void (message.type() === 'error' && problems.push(message.text())))
  await openSignIn(visitor, LIST)
  await screenshot(page, 'sign-in')
  expect(problems).toEqual([])
  // The style is in force: the form is a narrow column in the middle, not a line across the window.
  const box = await page.getByRole('main').boundingBox()
  expect(box?.width).toBeLessThan(500)
  expect((box?.x ?? 0) + (box?.width ?? 0) / 2).toBeCloseTo(640, 0)
  expect(await page.getByLabel('Name').evaluate((element) => element === document.activeElement)).toBe(true)
})

test('a developer signs in, and sees the order in the list and on its page', async () => {
  const { page } = visitor
  await openAs(visitor, 'developer', LIST)
  const link = page.getByRole('link', { name: done.orderId })
  await link.waitFor()
  await screenshot(page, 'workflows')
  const row = page.getByRole('row', { name: done.orderId })
  await expect.poll(() => row.innerText()).toMatch(/completed[^]*fulfil-order/i)
  await link.click()
  await page.waitForURL(`**/workflows/${done.orderId}/**`)
  await page.getByRole('heading', { name: done.orderId }).waitFor()
  // Its steps; what came of it is encrypted.
  const main = page.getByRole('main')
  await expect.poll(() => main.innerText(), { timeout: 30_000 }).toMatch(/acceptOrder[^]*chargeCard/)
  await screenshot(page, 'workflow')
})

test('a wrong password is refused on the sign-in page, and nobody is signed in', async () => {
  const { page, context, ui } = visitor
  await openSignIn(visitor, LIST)
  await signIn(page, 'developer', 'not the password')
  expect(await page.getByRole('alert').innerText()).toBe('The name or the password is not right.')
  await screenshot(page, 'sign-in-refused')
  expect(new URL(page.url()).host).toBe(await addressOf('identity', 'http'))
  expect((await context.cookies()).map(({ name }) => name)).not.toContain('sundial_sign_in')
  await page.goto(`${ui}${LIST}`)
  await page.getByRole('button', { name: 'Continue to SSO' }).waitFor()
  // Another try, from the same page, with the password corrected.
  await openSignIn(visitor, LIST)
  await signIn(page, 'developer', await secret('user-developer', 'password'))
  await page.getByRole('link', { name: done.orderId }).waitFor()
})

test('an auditor sees everything and ends nothing; a developer does', async () => {
  const terminate = `/api/v1/namespaces/orders/workflows/${running}/terminate`
  await openAs(visitor, 'auditor', LIST)
  await visitor.page.getByRole('link', { name: running }).waitFor()
  const refused = await postFrom(visitor, terminate, await sessionHeaders(visitor))
  expect(refused).toEqual({ status: 403, body: expect.stringContaining('Request unauthorized') })
  expect(await statusOfRunning()).toBe('WORKFLOW_EXECUTION_STATUS_RUNNING')

  const developer = await visit(browser!)
  try {
    await openAs(developer, 'developer', LIST)
    expect(await postFrom(developer, terminate, await sessionHeaders(developer))).toMatchObject({ status: 200 })
    expect(await statusOfRunning()).toBe('WORKFLOW_EXECUTION_STATUS_TERMINATED')
  } finally {
    await developer.context.close()
  }
})

test("the session is what the page sends, not a cookie: another site's form could do nothing", async () => {
  await openAs(visitor, 'developer', LIST)
  const path = `/api/v1/namespaces/orders/workflows/${done.orderId}/signal/nothing`
  expect(await postFrom(visitor, path, {})).toEqual({ status: 401, body: expect.stringContaining('unauthorized') })
  // With the session the server looks at it: the workflow has ended.
  expect(await postFrom(visitor, path, await sessionHeaders(visitor))).toEqual({
    status: 404,
    body: expect.stringContaining('workflow execution already completed'),
  })
})
