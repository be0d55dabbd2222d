import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EncryptionCodec, KeyRing } from '@sundial/codec'
import { createLogger } from '@sundial/runtime'
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { Registry } from 'prom-client'
import { afterAll, expect, test } from 'vitest'
import { createCodecServer } from './server.ts'

const folder = mkdtempSync(join(tmpdir(), 'codec-server-'))
const logger = createLogger('test', 'silent')
writeFileSync(join(folder, '1'), randomBytes(32).toString('base64'))
const { privateKey, publicKey } = await generateKeyPair('RS256')
const other = await generateKeyPair('RS256')

let isUp = true
const provider = createServer((request, response) => {
  const issuer = `http://${request.headers.host}`
  if (!isUp) return request.destroy()
  void exportJWK(publicKey).then((jwk) =>
    response.end(JSON.stringify(request.url === '/keys' ? { keys: [{ ...jwk, kid: 'k', alg: 'RS256' }] } : { issuer, jwks_uri: `${issuer}/keys` })),
  )
})
provider.listen(0, '127.0.0.1')
await once(provider, 'listening')
const issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
afterAll(() => {
  rmSync(folder, { recursive: true })
  provider.closeAllConnections()
  provider.close()
})

const UI = 'https://ui.example.com'
const registry = new Registry()
const serve = (encode = false) =>
  createCodecServer(
    { namespaces: { orders: { keysFolder: folder } }, issuer, audience: 'temporal', origins: [UI], encode },
    { logger, registry: encode ? new Registry() : registry },
  )
const app = await serve()
const codec = new EncryptionCodec({ keys: await KeyRing.open(folder, { logger }), namespace: 'orders' })
const clear = { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('{"a":1}') }
const json = ({ metadata, data }: { metadata?: Record<string, Uint8Array> | null; data?: Uint8Array | null }) => ({
  metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([key, value]) => [key, Buffer.from(value).toString('base64')])),
  data: Buffer.from(data ?? []).toString('base64'),
})
const [secret] = await codec.encode([clear], { type: 'workflow', namespace: 'orders', workflowId: 'a' })

interface TokenParts {
  permissions?: unknown
  issuer?: string
  audience?: string
  exp?: number
  key?: CryptoKey
  alg?: string
}
function tokenOf({ permissions = ['orders:read'], audience = 'temporal', exp = Date.now() / 1000 + 60, key = privateKey, ...parts }: TokenParts = {}) {
  const signed = new SignJWT({ permissions }).setProtectedHeader({ alg: 'RS256', kid: 'k' }).setSubject('grace').setAudience(audience)
  return signed
    .setIssuer(parts.issuer ?? issuer)
    .setExpirationTime(Math.floor(exp))
    .sign(key)
}

async function ask(options: { token?: string; namespace?: string; payload?: unknown; path?: string; headers?: Record<string, string>; server?: typeof app }) {
  const { token, namespace = 'orders', payload = { payloads: [json(secret!)] }, path = '/decode', headers = {}, server = app } = options
  const response = await server.inject({
    method: 'POST',
    url: path,
    headers: { 'x-namespace': namespace, 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  })
  return { status: response.statusCode, body: response.json(), headers: response.headers }
}

test('decrypts, leaves alone what is clear, and what cannot be decrypted hides nothing else', async () => {
  const broken = { ...json(secret!), data: json(clear).data }
  const { status, body, headers } = await ask({ token: await tokenOf(), payload: { payloads: [json(secret!), json(clear), broken] }, headers: { origin: UI } })
  expect(status).toBe(200)
  expect(body).toEqual({ payloads: [json(clear), json(clear), broken] })
  expect(headers).toMatchObject({ 'access-control-allow-origin': UI, 'access-control-allow-credentials': 'true', 'cache-control': 'no-store' })
  expect(await registry.metrics()).toMatch(/sundial_codec_payloads_total\{operation="decode",namespace="orders",result="refused"\} 1/)
})

test('a payload of one namespace is not decrypted for another, nor one that nobody encrypts here', async () => {
  const token = await tokenOf({ permissions: ['temporal-system:read'] })
  expect((await ask({ token, namespace: 'shop' })).body).toEqual({ payloads: [json(secret!)] })
  const [foreign] = await codec.encode([clear], { type: 'workflow', namespace: 'shop', workflowId: 'a' })
  expect((await ask({ token, payload: { payloads: [json(foreign!)] } })).body).toEqual({ payloads: [json(foreign!)] })
})

test.each<[string, unknown, 200 | 403]>([
  ['read', ['orders:read'], 200],
  ['write in any case', ['orders:Write'], 200],
  ['admin of the system', ['temporal-system:admin'], 200],
  ['a worker, which reads nothing in Temporal either', ['orders:worker'], 403],
  ['another namespace', ['shop:admin'], 403],
  ['a namespace that begins like it', ['orders-2:read'], 403],
  ['nothing', [], 403],
  ['no list', 'orders:read', 403],
])('permissions: %s', async (_, permissions, status) => {
  expect((await ask({ token: await tokenOf({ permissions }) })).status).toBe(status)
})

test.each<[string, () => Promise<string> | string | undefined]>([
  ['no token', () => undefined],
  ['no JWT', () => 'abc'],
  ['another audience', () => tokenOf({ audience: 'orders-api' })],
  ['another issuer', () => tokenOf({ issuer: 'http://127.0.0.1:1' })],
  ['an expired token', () => tokenOf({ exp: Date.now() / 1000 - 60 })],
  ['another key', () => tokenOf({ key: other.privateKey })],
])('asks for a good token: %s', async (_, token) => {
  const value = await token()
  expect(await ask(value === undefined ? {} : { token: value })).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } })
})

test.each<[string, Parameters<typeof ask>[0], number]>([
  ['a page of others', { headers: { origin: 'https://evil.example.com' } }, 403],
  ['no namespace', { namespace: '' }, 400],
  ['a namespace that cannot be', { namespace: '../orders' }, 400],
  ['no JSON', { payload: '{' }, 400],
  ['no payloads', { payload: {} }, 400],
  ['payloads that are none', { payload: { payloads: [{ data: 5 }] } }, 400],
  ['what a form could send', { headers: { 'content-type': 'text/plain' } }, 415],
  ['more than a page of history', { payload: `"${'x'.repeat(16 * 1024 * 1024)}"` }, 413],
  ['encryption, which is off', { path: '/encode' }, 404],
])('refuses %s', async (_, request, status) => {
  expect((await ask({ token: await tokenOf(), ...request })).status).toBe(status)
})

test('encrypts where that is switched on, for those who may write', async () => {
  const server = await serve(true)
  const request = { server, path: '/encode', payload: { payloads: [json(clear)] } }
  expect((await ask({ ...request, token: await tokenOf() })).status).toBe(403)
  const { body } = await ask({ ...request, token: await tokenOf({ permissions: ['orders:write'] }) })
  expect(body.payloads[0].data).not.toBe(json(clear).data)
  expect((await ask({ token: await tokenOf(), payload: body })).body).toEqual({ payloads: [json(clear)] })
})

test('says that it cannot know while the provider does not answer, and recovers', async () => {
  const server = await createCodecServer({ namespaces: {}, issuer, audience: 'temporal', origins: [], encode: false }, { logger, registry: new Registry() })
  isUp = false
  expect((await ask({ server, token: await tokenOf() })).status).toBe(503)
  isUp = true
  expect((await ask({ server, token: await tokenOf() })).status).toBe(200)
})
