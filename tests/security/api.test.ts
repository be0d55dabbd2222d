import { randomUUID } from 'node:crypto'
import { generateKeyPair } from 'jose'
import { expect, test } from 'vitest'
import { reasonsOf } from '../support/authorization-errors.ts'
import { describeNamespace } from '../support/frontend.ts'
import { api, order } from '../support/orders.ts'
import { signToken, unsignedToken, type TokenParts } from '../support/signed-tokens.ts'
import { identityOf } from '../support/tls.ts'
import { tokenOf } from '../support/tokens.ts'

const SHOP: TokenParts = { audience: 'orders-api', scope: 'orders:read orders:write orders:approve' }
const LIST = '/v1/workflows?limit=1'

test('a call without a token is told to bring one', async () => {
  const { status, headers, body } = await api('GET', LIST, { token: null })
  expect({ status, type: body.type, challenge: headers.get('www-authenticate') }).toEqual({
    status: 401,
    type: 'urn:sundial:problem:unauthenticated',
    challenge: 'Bearer',
  })
  expect(await api('GET', LIST)).toMatchObject({ status: 200 })
})

/** Each differs from a token of the shop in what its name says. */
test.each<[string, string, () => Promise<string>]>([
  ['is for Temporal', "its claim 'aud' is not accepted", () => tokenOf('orders-worker')],
  ['has expired', 'it has expired', () => signToken({ ...SHOP, lifetimeSeconds: -60 })],
  ['says it needs no signature', 'its algorithm is not allowed', () => unsignedToken(SHOP)],
  ['is signed by an unknown key', 'its signature is wrong', async () => signToken({ ...SHOP, key: (await generateKeyPair('RS256')).privateKey })],
])('a token that %s is refused: %s', async (_what, reason, tokenFor) => {
  const { status, headers, body } = await api('GET', LIST, { token: await tokenFor() })
  expect({ status, detail: body.detail }).toEqual({ status: 401, detail: `the access token is not valid: ${reason}` })
  expect(headers.get('www-authenticate')).toBe(`Bearer error="invalid_token", error_description="${reason}"`)
  expect(await api('GET', LIST, { token: await signToken(SHOP) })).toMatchObject({ status: 200 })
})

/** `missing` is what the operation needs and the token has not. */
test.each<[string, string, string]>([
  ['POST', '/v1/workflows/fulfil-order', 'orders:write'],
  ['GET', '/v1/workflows/fulfil-order/none', 'orders:read'],
  ['GET', '/v1/workflows/fulfil-order/none/queries/status', 'orders:read'],
  ['GET', '/v1/workflows/fulfil-order/none/result', 'orders:read'],
  ['POST', '/v1/workflows/fulfil-order/none/signals/approve', 'orders:approve'],
  ['POST', '/v1/workflows/fulfil-order/none/cancel', 'orders:write'],
  ['POST', '/v1/workflows/fulfil-order/none/terminate', 'orders:admin'],
])('%s %s needs the scope %s, and says so', async (method, path, needed) => {
  const all = ['orders:read', 'orders:write', 'orders:approve', 'orders:admin']
  const call = async (scopes: readonly string[]) => api(method, path, { token: await signToken({ audience: 'orders-api', scope: scopes.join(' ') }) })
  const { status, headers, body } = await call(all.filter((scope) => scope !== needed))
  expect({ status, type: body.type, detail: body.detail }).toEqual({
    status: 403,
    type: 'urn:sundial:problem:forbidden',
    detail: `the scope "${needed}" is needed`,
  })
  expect(headers.get('www-authenticate')).toBe(`Bearer error="insufficient_scope", scope="${needed}"`)
  // With that scope alone the call is looked at: it has no body, or names a workflow that is not there.
  expect([404, 422]).toContain((await call([needed])).status)
})

test('a refused start starts nothing', async () => {
  const input = order({ orderId: `security-${randomUUID()}` })
  const token = await signToken({ ...SHOP, scope: 'orders:read' })
  expect(await api('POST', '/v1/workflows/fulfil-order', { body: input, token, headers: { 'workflow-id': input.orderId } })).toMatchObject({ status: 403 })
  expect(await api('GET', `/v1/workflows/fulfil-order/${input.orderId}`)).toMatchObject({ status: 404 })
})

test("the shop's token is nothing to Temporal, even with the API's own certificate", async () => {
  const certificate = await identityOf('orders-api', 'client')
  const shop = await tokenOf('orders-shop', 'permissions orders:read orders:write orders:approve')
  expect(await reasonsOf(() => describeNamespace({ certificate, token: shop }))).toMatchObject({
    result: { code: 'PERMISSION_DENIED' },
    reasons: ['audience mismatch'],
  })
  expect(await describeNamespace({ certificate, token: await tokenOf('orders-api') })).toMatchObject({ code: 'OK' })
})

test('a scope that the shop was not given is not in its token, whatever it asks for', async () => {
  const token = await tokenOf('orders-shop', 'orders:read orders:admin')
  expect(await api('POST', '/v1/workflows/fulfil-order/none/terminate', { token })).toMatchObject({
    status: 403,
    body: { detail: 'the scope "orders:admin" is needed' },
  })
  expect(await api('GET', LIST, { token })).toMatchObject({ status: 200 })
})
