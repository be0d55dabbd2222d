import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Browser } from './browser.fixture.ts'
import { authorizeAddress, basic, calledBack, openSignIn, requestTokens, signIn, verify } from './clients.fixture.ts'
import { CALLBACK, SECRETS, createRunningProvider } from './identity-provider.fixture.ts'
import type { RunningProvider } from './identity-provider.fixture.ts'

let provider: RunningProvider
let browser: Browser
beforeEach(() => {
  browser = new Browser(provider.issuer)
})
beforeAll(async () => {
  provider = await createRunningProvider()
  await provider.start()
})
afterAll(async () => await provider.dispose())

const ui = basic('temporal', SECRETS.temporal)

test('a person signs in, and both tokens carry the claims that Temporal and the Web UI need', async () => {
  const page = await openSignIn(browser)
  const answer = calledBack(await browser.submit(page, { name: 'ada', password: SECRETS.ada, answer: 'sign-in' }))
  expect(answer.get('state')).toBe('some-state')
  const exchange = { grant_type: 'authorization_code', code: answer.get('code') ?? '', redirect_uri: CALLBACK }
  const { body } = await requestTokens(provider.issuer, exchange, ui)
  const access = await verify(provider.issuer, body.access_token, 'temporal')
  expect(access.payload).toMatchObject({
    sub: 'ada',
    azp: 'temporal',
    aud: 'temporal',
    permissions: ['temporal-system:read', 'orders:admin'],
    email: 'ada@example.test',
  })
  const id = await verify(provider.issuer, body.id_token ?? '', 'temporal')
  expect(id.payload).toMatchObject({
    sub: 'ada',
    name: 'ada',
    email: 'ada@example.test',
    permissions: ['temporal-system:read', 'orders:admin'],
    nonce: 'some-nonce',
  })
  expect(await requestTokens(provider.issuer, exchange, ui)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
})

test('a signed-in person is not asked again, by the same or by another client', async () => {
  await signIn(provider.issuer, browser)
  expect(calledBack(await browser.follow(authorizeAddress())).has('code')).toBe(true)
  expect(calledBack(await browser.follow(authorizeAddress('orders-pages', 'openid orders:read'))).has('code')).toBe(true)
  expect(calledBack(await browser.follow(`${authorizeAddress()}&prompt=consent`)).has('code')).toBe(true)
})

test('a person gets only their own scopes of an API, whatever the client may ask for', async () => {
  await signIn(provider.issuer, browser)
  const code = calledBack(await browser.follow(authorizeAddress('orders-pages', 'openid orders:read orders:approve'))).get('code') ?? ''
  const { body } = await requestTokens(
    provider.issuer,
    { grant_type: 'authorization_code', code, redirect_uri: CALLBACK },
    basic('orders-pages', SECRETS.temporal),
  )
  const { payload } = await verify(provider.issuer, body.access_token, 'orders-api')
  expect(payload.scope?.toString().split(' ').sort()).toEqual(['openid', 'orders:read'])
  expect(payload).not.toHaveProperty('permissions')
  expect(body).not.toHaveProperty('refresh_token')
})

test('tokens are refreshed until the person signs out', async () => {
  const tokens = await signIn(provider.issuer, browser)
  const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' }
  const { body } = await requestTokens(provider.issuer, refresh, ui)
  expect((await verify(provider.issuer, body.access_token, 'temporal')).payload).toMatchObject({
    sub: 'ada',
    permissions: ['temporal-system:read', 'orders:admin'],
  })

  const question = await browser.follow('/session/end')
  const farewell = await browser.submit(await (question as Response).text(), { logout: 'yes' })
  expect(await (farewell as Response).text()).toContain('You are signed out')
  expect(await requestTokens(provider.issuer, refresh, ui)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  expect(await openSignIn(browser)).toContain('<h1>Sign in</h1>')
})

test.each([
  ['a wrong password', { name: 'grace', password: 'wrong' }],
  ["another person's password", { name: 'grace', password: SECRETS.ada }],
  ['an unknown name', { name: '"><b>nobody</b>', password: SECRETS.ada }],
  ['nothing', {}],
])('%s does not sign in', async (_case, fields) => {
  const refused = (await browser.submit(await openSignIn(browser), { ...fields, answer: 'sign-in' })) as Response
  expect(refused.status).toBe(401)
  const page = await refused.text()
  expect(page).toContain('role="alert" id="problem">The name or the password is not right.')
  expect(page).not.toContain('<b>nobody')
  expect(calledBack(await browser.submit(page, { name: 'ada', password: SECRETS.ada, answer: 'sign-in' })).has('code')).toBe(true)
})

test('after five wrong passwords even the right one has to wait, for that name only', async () => {
  const page = await openSignIn(browser)
  for (let attempt = 0; attempt < 5; attempt++) await browser.submit(page, { name: 'guessed', password: `guess ${attempt}`, answer: 'sign-in' })
  const waiting = (await browser.submit(page, { name: 'guessed', password: 'anything', answer: 'sign-in' })) as Response
  expect({ status: waiting.status, wait: Number(waiting.headers.get('retry-after')) > 0 }).toEqual({ status: 429, wait: true })
  expect(calledBack(await browser.submit(page, { name: 'ada', password: SECRETS.ada, answer: 'sign-in' })).has('code')).toBe(true)
})

test('a sign-in belongs to one browser and one origin', async () => {
  const page = await openSignIn(browser)
  const filled = { name: 'ada', password: SECRETS.ada, answer: 'sign-in' }
  expect(((await new Browser(provider.issuer).submit(page, filled)) as Response).status).toBe(400)
  const action = /action="([^"]+)"/.exec(page)?.[1] ?? ''
  const crossed = await browser.send(action, { method: 'POST', body: new URLSearchParams(filled), headers: { origin: 'http://127.0.0.1:1' } })
  expect(crossed.status).toBe(403)
  expect(browser.cookieNames()).not.toContain('sundial_sign_in')
})

test('an address that is not registered is never redirected to', async () => {
  const address = authorizeAddress().replace(encodeURIComponent(CALLBACK), encodeURIComponent('http://127.0.0.1:8233/elsewhere'))
  const refused = (await browser.follow(address)) as Response
  expect(refused.status).toBe(400)
  expect(await refused.text()).toContain('redirect_uri')
})

test('its pages load nothing, cannot be framed, and post only to itself and the applications', async () => {
  const response = (await browser.follow(authorizeAddress())) as Response
  const policy = response.headers.get('content-security-policy')
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("form-action 'self' http://127.0.0.1:8233;frame-ancestors 'none'")
  expect(response.headers.get('cache-control')).toBe('no-store')
  const page = await response.text()
  expect(page).not.toMatch(/(src|href)=|<script/)
  const style = /<style>([^<]+)<\/style>/.exec(page)?.[1] ?? ''
  expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`)
})
