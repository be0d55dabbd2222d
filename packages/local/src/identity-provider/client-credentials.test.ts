import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { basic, requestTokens, verify } from './clients.fixture.ts'
import { SECRETS, createRunningProvider } from './identity-provider.fixture.ts'
import type { RunningProvider } from './identity-provider.fixture.ts'

let provider: RunningProvider
beforeAll(async () => {
  provider = await createRunningProvider()
  await provider.start()
})
afterAll(async () => await provider.dispose())

const worker = basic('orders-worker', SECRETS['orders-worker'])
const credentials = (scope?: string): Record<string, string> => ({ grant_type: 'client_credentials', ...(scope !== undefined && { scope }) })

test('publishes its metadata and only the public half of its key', async () => {
  const metadata = (await (await fetch(`${provider.issuer}/.well-known/openid-configuration`)).json()) as { scopes_supported: string[] }
  expect(metadata).toMatchObject({ issuer: provider.issuer, jwks_uri: `${provider.issuer}/jwks`, token_endpoint: `${provider.issuer}/token` })
  expect(metadata.scopes_supported).toEqual(expect.arrayContaining(['openid', 'offline_access', 'permissions', 'orders:read']))
  const { keys } = (await (await fetch(`${provider.issuer}/jwks`)).json()) as { keys: object[] }
  expect(keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'e', 'kid', 'kty', 'n', 'use']])
})

test('a service gets a token for Temporal with its permissions as a list', async () => {
  const { status, body } = await requestTokens(provider.issuer, credentials('permissions'), worker)
  expect({ status, type: body.token_type, lifetime: body.expires_in }).toEqual({ status: 200, type: 'Bearer', lifetime: 300 })
  const { payload } = await verify(provider.issuer, body.access_token, 'temporal')
  expect(payload).toMatchObject({ sub: 'orders-worker', azp: 'orders-worker', aud: 'temporal', permissions: ['orders:write'] })
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300)
  expect(decodeProtectedHeader(body.access_token)).toMatchObject({ alg: 'RS256', kid: 'first' })
})

test('a service gets a token for an API with scopes as a text, its secret in the form', async () => {
  const fields = { ...credentials('orders:write orders:read'), client_id: 'orders-caller', client_secret: SECRETS['orders-caller'] }
  const { body } = await requestTokens(provider.issuer, fields)
  const { payload } = await verify(provider.issuer, body.access_token, 'orders-api')
  expect(payload).toMatchObject({ sub: 'orders-caller', azp: 'orders-caller', scope: 'orders:write orders:read' })
  expect(payload).not.toHaveProperty('permissions')
  await expect(verify(provider.issuer, body.access_token, 'temporal')).rejects.toThrow('aud')
})

test('only what was asked for gets into a token, as in production', async () => {
  const { body } = await requestTokens(provider.issuer, credentials(), worker)
  expect((await verify(provider.issuer, body.access_token, 'temporal')).payload).not.toHaveProperty('permissions')
})

test.each([
  ['a wrong secret', credentials('permissions'), basic('orders-worker', 'not-the-secret'), 401, 'invalid_client'],
  ['an unknown client', credentials('permissions'), basic('nobody', 'not-the-secret'), 401, 'invalid_client'],
  ['no secret', { ...credentials('permissions'), client_id: 'orders-worker' }, undefined, 401, 'invalid_client'],
  ["another client's scope", credentials('orders:read'), worker, 400, 'invalid_scope'],
  ['another audience', { ...credentials('permissions'), resource: 'urn:sundial:audience:orders-api' }, worker, 400, 'invalid_target'],
  ["a grant that is not the client's", { grant_type: 'refresh_token', refresh_token: 'x' }, worker, 400, 'invalid_request'],
  ['credentials of a web client', credentials('permissions'), basic('temporal', SECRETS.temporal), 400, 'invalid_request'],
])('%s is refused', async (_case, fields, authorization, status, error) => {
  const refused = await requestTokens(provider.issuer, fields, authorization)
  expect(refused).toMatchObject({ status, body: { error } })
  expect(refused.body).not.toHaveProperty('access_token')
})

test('a secret that is replaced holds at once, and the one before it for a while', async () => {
  const file = join(provider.folder, 'orders-caller')
  const ask = async (secret: string) => (await requestTokens(provider.issuer, credentials('orders:read'), basic('orders-caller', secret))).status
  const [first, second, third] = [SECRETS['orders-caller'], 'the-second-secret-1', 'the-third-secret-12']
  expect(await ask(second)).toBe(401)
  writeFileSync(file, second)
  expect(await ask(second)).toBe(200)
  writeFileSync(file, third)
  expect([await ask(third), await ask(second), await ask(first), await ask('the-fourth-secret-1')]).toEqual([200, 200, 200, 401])
  // As if somebody wrote it just now, or forgot to.
  for (const content of ['', 'too-short']) {
    writeFileSync(file, content)
    expect(await ask(third)).toBe(200)
    // Without a secret there is not even a question.
    expect(await ask(content)).toBe(content === '' ? 400 : 401)
  }
  rmSync(file)
  expect(await ask(third)).toBe(200)
  writeFileSync(file, first)
  expect(await ask(first)).toBe(200)
  expect(provider.output()).toContain('the secret of a client was replaced')
})

test('its logs are JSON, say why it refused, and hold no secret', async () => {
  const { body } = await requestTokens(provider.issuer, credentials('permissions'), worker)
  await requestTokens(provider.issuer, credentials('permissions'), basic('orders-worker', 'a-guess-that-is-wrong'))
  const logs = provider.output()
  for (const line of logs.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ name: 'identity-provider' })
  expect(logs).toContain('invalid secret provided')
  for (const secret of [...Object.values(SECRETS), 'the-second-secret-1', 'a-guess-that-is-wrong', body.access_token]) expect(logs).not.toContain(secret)
})

test('answers only under its own name', async () => {
  const { port } = new URL(provider.issuer)
  const response = await fetch(`http://localhost:${port}/.well-known/openid-configuration`)
  expect({ status: response.status, body: await response.json() }).toMatchObject({ status: 421, body: { error: 'invalid_request' } })
  expect((await fetch(`http://localhost:${port}/healthz`)).status).toBe(200)
})
