import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApi, type TestApi } from '../test/test-api.ts'

let api: TestApi
beforeAll(async () => (api = await startTestApi()))
afterAll(() => api.close())

const FULFIL = '/v1/workflows/fulfil-order'
const ROUTES = [
  ['POST', FULFIL, 'orders:write'],
  ['GET', `${FULFIL}/1`, 'orders:read'],
  ['GET', `${FULFIL}/1/result`, 'orders:read'],
  ['POST', `${FULFIL}/1/signals/approve`, 'orders:approve'],
  ['GET', `${FULFIL}/1/queries/state`, 'orders:read'],
  ['POST', `${FULFIL}/1/queries/line`, 'orders:read'],
  ['POST', `${FULFIL}/1/updates/change-address`, 'orders:write'],
  ['GET', `${FULFIL}/1/updates/change-address/2`, 'orders:write'],
  ['POST', `${FULFIL}/1/cancel`, 'orders:write'],
  ['POST', `${FULFIL}/1/terminate`, undefined],
  ['GET', '/v1/workflows', 'orders:read'],
  ['GET', '/v1/workflows?type=audit', 'audit:read'],
  ['POST', '/v1/workflows/audit', undefined],
] as const

test.each(ROUTES)('%s %s asks for a token', async (method, url) => {
  const response = await api.app.inject({ method, url })
  expect(response.statusCode).toBe(401)
  expect(response.headers).toMatchObject({ 'content-type': 'application/problem+json', 'www-authenticate': 'Bearer' })
  expect(response.json()).toMatchObject({ type: 'urn:sundial:problem:unauthenticated', status: 401, instance: url.split('?')[0] })
})

test.each(ROUTES.filter(([, , scope]) => scope === undefined))('%s %s is for nobody, since the contract grants it to nobody', async (method, url) => {
  const response = await api.as('orders:write orders:read orders:approve audit:read orders:admin', { method, url })
  expect(response.statusCode).toBe(403)
  expect(response.json().detail).toContain('to nobody')
})

test.each(ROUTES.flatMap(([method, url, scope]) => (scope === undefined ? [] : [{ method, url, scope }])))(
  '$method $url wants the scope $scope',
  async ({ method, url, scope }) => {
    const without = await api.as('orders:other', { method, url })
    expect(without.statusCode).toBe(403)
    expect(without.json().detail).toContain(`"${scope}"`)
    expect(without.headers['www-authenticate']).toBe(`Bearer error="insufficient_scope", scope="${scope}"`)
    // With the scope it goes on: to a body that is missing, or to a Temporal that is away.
    expect((await api.as(scope, { method, url })).statusCode).toBeOneOf([422, 503])
  },
)

test('refuses before it reads a body', async () => {
  expect((await api.app.inject({ method: 'POST', url: FULFIL, headers: { 'content-type': 'application/json' }, payload: '{' })).statusCode).toBe(401)
})

test('does not take a token from anywhere but the Authorization header', async () => {
  const token = await api.issuer.token({ scope: 'orders:read' })
  expect((await api.app.inject({ url: `${FULFIL}/1?access_token=${token}` })).statusCode).toBe(401)
  const basic = await api.app.inject({ url: `${FULFIL}/1`, headers: { authorization: `Basic ${token}` } })
  expect(basic.json()).toMatchObject({ status: 401, detail: 'the Authorization header is not a bearer token' })
})

test.each(['/openapi.json', '/docs/', '/docs/json'])('%s is public', async (url) => {
  expect((await api.app.inject({ url })).statusCode).toBe(200)
})
