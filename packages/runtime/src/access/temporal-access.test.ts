import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, expect, test, vi } from 'vitest'
import { TemporalAccess } from './temporal-access.ts'

/** As long as a busy machine may need. */
const WAIT = { timeout: 20_000 }

const folder = mkdtempSync(join(tmpdir(), 'temporal-access-'))
const caFile = join(folder, 'ca.pem')
writeFileSync(caFile, 'first root')

const warnings: string[] = []
let issued = 0
const provider = createServer((request, response) => {
  const issuer = `http://${request.headers.host}`
  const body = request.url === '/token' ? { access_token: `token-${++issued}`, expires_in: 1 } : { issuer, token_endpoint: `${issuer}/token` }
  response.end(JSON.stringify(body))
})
provider.listen(0, '127.0.0.1')
await once(provider, 'listening')
afterAll(() => {
  rmSync(folder, { recursive: true })
  provider.close()
})

const access = new TemporalAccess(
  {
    address: 'localhost:7233',
    namespace: 'orders',
    tls: { serverRootCaFile: caFile },
    credentials: {
      kind: 'client-credentials',
      issuer: `http://127.0.0.1:${(provider.address() as AddressInfo).port}`,
      clientId: 'a',
      clientSecret: 'b',
      scope: 'c',
    },
  },
  pino({}, { write: (line: string) => void warnings.push(line) }),
  20,
)

test('tells of a new token and of a new certificate, and tries a change again that failed', async () => {
  const stopping = new AbortController()
  const changes: { apiKey: string | undefined; root: string }[] = []
  let failures = 1
  const first = await access.material()
  expect(first).toEqual({ address: 'localhost:7233', apiKey: 'token-1', metadata: {}, tls: { serverRootCACertificate: Buffer.from('first root') } })
  const watching = access.watch(stopping.signal, first, async (now, before) => {
    if (failures-- > 0) throw new Error('could not connect')
    expect(now).not.toEqual(before)
    changes.push({ apiKey: now.apiKey, root: String(now.tls && now.tls.serverRootCACertificate) })
  })
  await vi.waitFor(() => expect(changes[0]).toEqual({ apiKey: 'token-2', root: 'first root' }), WAIT)
  writeFileSync(caFile, 'second root')
  await vi.waitFor(() => expect(changes.at(-1)?.root).toBe('second root'), WAIT)
  stopping.abort()
  await watching
})

test('reads certificates again when they are old, and keeps them while a file is away', async () => {
  const fresh = access.freshTls(await access.tls())
  const root = async () => {
    const tls = await fresh()
    return String(tls && tls.serverRootCACertificate)
  }
  writeFileSync(caFile, 'third root')
  await vi.waitFor(async () => expect(await root()).toBe('third root'), WAIT)
  warnings.length = 0
  rmSync(caFile)
  await vi.waitFor(async () => {
    expect(await root()).toBe('third root')
    expect(warnings.join()).toContain('ENOENT')
  }, WAIT)
  writeFileSync(caFile, 'fourth root')
  await vi.waitFor(async () => expect(await root()).toBe('fourth root'), WAIT)
})

test('certificates that have not changed are the same object', async () => {
  const first = await access.tls()
  const fresh = access.freshTls(first)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await fresh()).toBe(first)
})

test('an API key is read again, and stays while its file is away or empty', async () => {
  const apiKeyFile = join(folder, 'api-key')
  writeFileSync(apiKeyFile, 'first\n')
  const logger = pino({}, { write: (line: string) => void warnings.push(line) })
  const keyed = new TemporalAccess(
    { address: 'localhost:7233', namespace: 'orders', credentials: { kind: 'api-key', apiKey: 'first', apiKeyFile } },
    logger,
    20,
  )
  expect(await keyed.token()).toBe('first')
  for (const replace of [() => rmSync(apiKeyFile), () => writeFileSync(apiKeyFile, ' \n')]) {
    replace()
    warnings.length = 0
    await vi.waitFor(async () => {
      expect(await keyed.token()).toBe('first')
      expect(warnings.join()).toMatch(/ENOENT|is empty/)
    }, WAIT)
  }
  writeFileSync(apiKeyFile, 'second\n')
  await vi.waitFor(async () => expect(await keyed.token()).toBe('second'), WAIT)
})
