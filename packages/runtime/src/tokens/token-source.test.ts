import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKeyPair, jwtVerify, SignJWT } from 'jose'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { ClientCredentials } from '../settings/temporal-settings.ts'
import { createTokenSource } from './token-source.ts'

const SECRET = 'p+a:ss w%rd'
const keys = await generateKeyPair('RS256')

/** A small real provider: discovery and the client credentials grant, with signed tokens. */
class Provider {
  readonly server = createServer((request, response) => void this.answer(request, response))
  /** Requests of any kind. */
  asked = 0
  /** Tokens issued. */
  requests = 0
  lifetimeSeconds = 60
  issuer = ''
  down = false
  silent = false
  secret = SECRET

  release = () => {}
  #held = Promise.resolve()

  /** Answers nothing until `release()`. */
  hold(): void {
    this.#held = new Promise((resolve) => (this.release = resolve))
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.asked += 1
    if (this.silent) return
    await this.#held
    const json = (status: number, body: unknown) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (this.down) return void json(503, { error: 'temporarily_unavailable' })
    if (request.url === '/.well-known/openid-configuration') return void json(200, { issuer: this.issuer, token_endpoint: `${this.issuer}/token` })
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const form = new URLSearchParams(Buffer.concat(chunks).toString())
    const [id, secret] = Buffer.from(request.headers.authorization?.split(' ')[1] ?? '', 'base64')
      .toString()
      .split(':')
      .map((part) => new URLSearchParams(`x=${part}`).get('x'))
    if (id !== 'orders-worker' || secret !== this.secret) return void json(401, { error: 'invalid_client', error_description: 'who are you' })
    this.requests += 1
    const token = await new SignJWT({ permissions: ['orders:write'], scope: form.get('scope'), grant: form.get('grant_type') })
      .setProtectedHeader({ alg: 'RS256' })
      .setAudience('temporal')
      .setJti(String(this.requests))
      .setExpirationTime(`${this.lifetimeSeconds}s`)
      .sign(keys.privateKey)
    json(200, { access_token: token, token_type: 'Bearer', expires_in: this.lifetimeSeconds })
  }
}

let provider: Provider
let credentials: ClientCredentials

beforeEach(async () => {
  provider = new Provider()
  provider.server.listen(0, '127.0.0.1')
  await once(provider.server, 'listening')
  provider.issuer = `http://127.0.0.1:${(provider.server.address() as AddressInfo).port}`
  credentials = { kind: 'client-credentials', issuer: provider.issuer, clientId: 'orders-worker', clientSecret: SECRET, scope: 'permissions' }
})

afterEach(async () => {
  vi.useRealTimers()
  provider.server.closeAllConnections()
  if (provider.server.listening) await new Promise((resolve) => provider.server.close(resolve))
})

const serial = async (token: string) => Number((await jwtVerify(token, keys.publicKey, { audience: 'temporal' })).payload.jti)

/** Waits while the clock that is shown stands still: the polls of the test runner would move it on. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 20_000; !(await condition());) {
    if (performance.now() > end) throw new Error(`it is not so after 20 s: ${condition.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

test('gets a signed token with the scope, once for all callers', async () => {
  const source = createTokenSource(credentials)
  const [first, second] = await Promise.all([source.token(), source.token()])
  expect(first).toBe(second)
  expect(await source.token()).toBe(first)
  expect(provider.requests).toBe(1)
  const { payload } = await jwtVerify(first, keys.publicKey, { audience: 'temporal' })
  expect(payload).toMatchObject({ permissions: ['orders:write'], scope: 'permissions', grant: 'client_credentials' })
})

test('gets a new token ahead of the expiry of the old, without making anybody wait', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  const source = createTokenSource(credentials)
  const asked = Date.now()
  expect(await serial(await source.token())).toBe(1)
  vi.setSystemTime(asked + 46_000)
  provider.hold()
  expect(await serial(await source.token())).toBe(1)
  provider.release()
  await until(async () => (await serial(await source.token())) === 2)
})

test('keeps a valid token while the provider is down, then says so, then recovers', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  const failures: unknown[] = []
  const source = createTokenSource(credentials, { onRefreshFailed: (error) => failures.push(error) })
  const asked = Date.now()
  const first = await source.token()
  provider.down = true
  vi.setSystemTime(asked + 46_000)
  expect(await source.token()).toBe(first)
  await until(() => failures.length === 1)
  expect(await source.token()).toBe(first)
  expect(failures).toHaveLength(1)
  vi.setSystemTime(asked + 60_000)
  await expect(source.token()).rejects.toThrow('answered 503 temporarily_unavailable')
  provider.down = false
  vi.setSystemTime(asked + 62_001)
  expect(await serial(await source.token())).toBe(2)
})

test('does not give out a token in its last moments', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  const source = createTokenSource(credentials)
  const asked = Date.now()
  expect(await serial(await source.token())).toBe(1)
  vi.setSystemTime(asked + 44_000)
  expect(await serial(await source.token())).toBe(1)
  vi.setSystemTime(asked + 55_001)
  expect(await serial(await source.token())).toBe(2)
})

test('a provider that is down is asked every two seconds, also when there is no token left', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  const source = createTokenSource(credentials)
  await source.token()
  provider.down = true
  vi.setSystemTime(Date.now() + 60_000)
  const before = provider.asked
  for (let call = 0; call < 5; call++) await expect(source.token()).rejects.toThrow('answered 503')
  expect(provider.asked).toBe(before + 1)
  vi.setSystemTime(Date.now() + 2001)
  await expect(source.token()).rejects.toThrow('answered 503')
  expect(provider.asked).toBe(before + 2)
})

test('a secret in a file may be changed while the program runs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'token-source-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const clientSecretFile = join(folder, 'secret')
  writeFileSync(clientSecretFile, `${SECRET}\n`)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  const source = createTokenSource({ ...credentials, clientSecret: 'as it was at the start', clientSecretFile })
  expect(await serial(await source.token())).toBe(1)
  provider.secret = 'another'
  writeFileSync(clientSecretFile, provider.secret)
  vi.setSystemTime(Date.now() + 60_000)
  expect(await serial(await source.token())).toBe(2)
  // A file that is not there for a moment.
  rmSync(clientSecretFile)
  vi.setSystemTime(Date.now() + 60_000)
  await expect(source.token()).rejects.toThrow('answered 401 invalid_client')
  writeFileSync(clientSecretFile, provider.secret)
  vi.setSystemTime(Date.now() + 2001)
  expect(await serial(await source.token())).toBe(3)
})

test('names what the provider answered, and not the secret', async () => {
  const source = createTokenSource({ ...credentials, clientSecret: 'wrong-secret' })
  const error = await source.token().then(
    () => undefined,
    (reason: Error) => reason,
  )
  expect(error?.message).toBe(`${provider.issuer}/token answered 401 invalid_client (who are you)`)
})

test('refuses the document of another issuer', async () => {
  provider.issuer = 'https://other.example'
  await expect(createTokenSource(credentials).token()).rejects.toThrow('is of the issuer "https://other.example"')
})

test('compares issuers exactly, as whoever checks the tokens does', async () => {
  const source = createTokenSource({ ...credentials, issuer: `${provider.issuer}/` })
  await expect(source.token()).rejects.toThrow(`not "${provider.issuer}/"; set OIDC_ISSUER to exactly what the provider calls itself`)
})

test('gives up at the deadline', async () => {
  provider.silent = true
  await expect(createTokenSource(credentials, { timeoutMs: 100 }).token()).rejects.toThrow(/did not answer: .*timeout/i)
})

test('says why nobody answered', async () => {
  provider.server.close()
  await expect(createTokenSource(credentials).token()).rejects.toThrow(/did not answer: connect ECONNREFUSED/)
})

test('an API key is its own token', async () => {
  expect(await createTokenSource({ kind: 'api-key', apiKey: 'k' }).token()).toBe('k')
})

test('a clock that is set back brings a new token: the old one looks as if it were from the future', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  const source = createTokenSource(credentials)
  expect(await serial(await source.token())).toBe(1)
  vi.setSystemTime(Date.now() - 3_600_000)
  expect(await serial(await source.token())).toBe(2)
  expect(await serial(await source.token())).toBe(2)
})

test('a clock that is set back does not make the pause after a failure longer', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  const source = createTokenSource(credentials)
  provider.down = true
  await expect(source.token()).rejects.toThrow('answered 503')
  provider.down = false
  vi.setSystemTime(Date.now() - 3_600_000)
  expect(await serial(await source.token())).toBe(1)
})
