import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Browser } from './browser.fixture.ts'
import { authorizeAddress, basic, calledBack, requestTokens, signIn, verify } from './clients.fixture.ts'
import { SECRETS, createRunningProvider } from './identity-provider.fixture.ts'
import type { RunningProvider } from './identity-provider.fixture.ts'

let provider: RunningProvider
beforeEach(async () => {
  provider = await createRunningProvider()
  await provider.start()
})
afterEach(async () => await provider.dispose())

test.each([
  ['SIGTERM', 0],
  ['SIGINT', 0],
  ['SIGKILL', 'SIGKILL'],
] as const)('after %s tokens, sign-ins and refresh tokens are valid still', async (signal, outcome) => {
  const browser = new Browser(provider.issuer)
  const tokens = await signIn(provider.issuer, browser)
  expect(await provider.end(signal)).toBe(outcome)
  await provider.start()
  await verify(provider.issuer, tokens.access_token, 'temporal')
  expect(calledBack(await browser.follow(authorizeAddress())).has('code')).toBe(true)
  const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' }
  const { body } = await requestTokens(provider.issuer, refresh, basic('temporal', SECRETS.temporal))
  expect((await verify(provider.issuer, body.access_token, 'temporal')).payload.sub).toBe('ada')
  expect(statSync(join(provider.folder, 'sessions.json')).mode & 0o777).toBe(0o600)
})

test('its public keys are there while the rest is still loaded', async () => {
  const ask = async (path: string): Promise<{ status: number; body: unknown } | undefined> => {
    const response = await fetch(`${provider.issuer}${path}`).catch(() => undefined)
    return response && { status: response.status, body: await response.json() }
  }
  const wanted = await ask('/jwks')
  expect(wanted).toMatchObject({ status: 200, body: { keys: [{ kid: 'first' }] } })
  await provider.end('SIGKILL')
  const whole = provider.start()
  let first: typeof wanted
  while (!first) first = await ask('/jwks')
  expect(first).toEqual(wanted)
  // A slow test may come when it is loaded.
  expect([200, 503]).toContain((await ask('/healthz'))?.status)
  await whole
  expect(await ask('/jwks')).toEqual(wanted)
  expect(await ask('/healthz')).toMatchObject({ status: 200 })
})

test('a person who is no longer configured is signed out', async () => {
  const tokens = await signIn(provider.issuer, new Browser(provider.issuer), 'grace')
  await provider.end('SIGTERM')
  const file = join(provider.folder, 'configuration.json')
  const configuration = JSON.parse(readFileSync(file, 'utf8')) as RunningProvider['configuration']
  writeFileSync(file, JSON.stringify({ ...configuration, users: configuration.users.filter(({ name }) => name !== 'grace') }))
  await provider.start()
  const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' }
  expect(await requestTokens(provider.issuer, refresh, basic('temporal', SECRETS.temporal))).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
})

test('a file of sessions that is damaged is named, and not thrown away', async () => {
  await provider.end('SIGTERM')
  const file = join(provider.folder, 'sessions.json')
  writeFileSync(file, '[[')
  await expect(provider.start()).rejects.toThrow(`${file} has 1 problem:\n  - it is not a file of sessions; delete it`)
  expect(readFileSync(file, 'utf8')).toBe('[[')
})
