import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { addressOf, secret } from './platform.ts'

/** A browser window of its own, as a person has it. */
export interface Visitor {
  readonly context: BrowserContext
  readonly page: Page
  /** Origin of the Web UI. */
  readonly ui: string
}

export async function visit(browser: Browser): Promise<Visitor> {
  const ui = `http://${await addressOf('temporal-ui', 'http')}`
  const context = await browser.newContext({ baseURL: ui, viewport: { width: 1280, height: 800 } })
  return { context, page: await context.newPage(), ui }
}

/** Opens a page of the Web UI without a login, and goes on to the sign-in page of the identity provider. */
export async function openSignIn({ page }: Visitor, path: string): Promise<void> {
  await page.goto(path)
  await page.getByRole('button', { name: 'Continue to SSO' }).click()
  await page.waitForURL(`http://${await addressOf('identity', 'http')}/interaction/**`)
}

/** Fills in the sign-in page. */
export async function signIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Opens a page of the Web UI as a person of the platform, through the login. */
export async function openAs(visitor: Visitor, user: string, path: string): Promise<void> {
  await openSignIn(visitor, path)
  await signIn(visitor.page, user, await secret(`user-${user}`, 'password'))
  await visitor.page.waitForURL(`${visitor.ui}${path}`)
}

/** The headers that show the server who is logged in, as the page itself sends them. */
export async function sessionHeaders({ page }: Visitor): Promise<Record<string, string>> {
  const [request] = await Promise.all([page.waitForRequest(/\/api\/v1\/namespaces\/orders/), page.reload()])
  const headers = await request.allHeaders()
  return { authorization: headers['authorization'] ?? '' }
}

/** Sends a request to the Web UI's API from inside the page, so with all that the browser has of the session. */
export function postFrom({ page }: Visitor, path: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return page.evaluate(
    async (request) => {
      const response = await fetch(request.path, { method: 'POST', headers: { ...request.headers, 'content-type': 'application/json' }, body: '{}' })
      return { status: response.status, body: await response.text() }
    },
    { path, headers },
  )
}

/** Keeps a picture of the page in the folder that SUNDIAL_SCREENSHOTS names, for people to look at. Without it nothing is kept. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env['SUNDIAL_SCREENSHOTS']
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
