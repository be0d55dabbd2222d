import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ServerCredentials } from '@grpc/grpc-js'
import { readTemporalSettings, SettingsReader } from '@sundial/runtime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Certificate, createAuthority, type TestAuthority } from '../test/certificates.ts'
import { type GrpcAnswer, startGrpcServer, type TestGrpcServer } from '../test/grpc-server.ts'
import { openTestTemporal } from '../test/temporal.ts'
import type { Temporal } from './temporal.ts'

const folder = mkdtempSync(join(tmpdir(), 'api-connections-'))
const tls = { serverName: 'frontend', serverRootCaFile: join(folder, 'ca'), clientCertFile: join(folder, 'crt'), clientKeyFile: join(folder, 'key') }
const DONE: GrpcAnswer = { bytes: new Uint8Array() }
/** Stands before the server, and knows the open connections. */
const relay = createServer((socket) => {
  const [host = '', port] = server.address.split(':')
  const upstream = connect(Number(port), host)
  socket.pipe(upstream).pipe(socket)
  for (const [one, other] of [
    [socket, upstream],
    [upstream, socket],
  ] as const)
    one.on('error', () => other.destroy()).on('close', () => other.destroy())
  open.add(socket)
  socket.on('close', () => open.delete(socket))
})
const open = new Set<unknown>()
let authority: TestAuthority
let server: TestGrpcServer
let temporal: Temporal
let held: Promise<GrpcAnswer> | undefined

function write({ cert, key }: Certificate): void {
  writeFileSync(tls.clientCertFile, cert)
  writeFileSync(tls.clientKeyFile, key, { mode: 0o600 })
}
const ask = () => temporal.call(() => temporal.client.workflowService.getSystemInfo({}), { timeoutMs: 20_000 })

beforeAll(async () => {
  authority = await createAuthority()
  const { cert, key } = await authority.issue('frontend')
  const pair = { cert_chain: Buffer.from(cert), private_key: Buffer.from(key) }
  server = await startGrpcServer(
    (method) => (method === 'DescribeNamespace' ? (held ?? DONE) : DONE),
    ServerCredentials.createSsl(Buffer.from(authority.root), [pair], true),
  )
  writeFileSync(tls.serverRootCaFile, authority.root)
  write(await authority.issue('api-1'))
  relay.listen(0, '127.0.0.1')
  await once(relay, 'listening')
  temporal = await openTestTemporal(`127.0.0.1:${(relay.address() as AddressInfo).port}`, { tls }, 20)
})
afterAll(async () => {
  await temporal.close()
  server.close()
  relay.close()
  rmSync(folder, { recursive: true })
})

test('takes the certificate that the files have now, without cutting off what is under way', async () => {
  await ask()
  expect(server.calls.at(-1)?.certificate).toBe('api-1')
  let release: (answer: GrpcAnswer) => void = () => {}
  held = new Promise((resolve) => (release = resolve))
  const { client, namespace } = temporal
  const underWay = temporal.call(async () => {
    await client.workflowService.describeNamespace({ namespace })
    // The second request of the same work: it has the connection, the deadline and the signal of the first.
    return client.workflowService.getSystemInfo({})
  })
  await expect.poll(() => server.calls.at(-1)?.method).toBe('DescribeNamespace')

  write(await authority.issue('api-2'))
  await expect.poll(() => ask().then(() => server.calls.at(-1)?.certificate), { timeout: 10_000 }).toBe('api-2')
  release(DONE)
  await underWay
  expect(server.calls.at(-1)).toMatchObject({ method: 'GetSystemInfo', certificate: 'api-1' })
  expect(server.calls.at(-1)?.deadlineMs).toBeLessThan(11_000)
  await ask()
  expect(server.calls.at(-1)?.certificate).toBe('api-2')
  // The first connection is closed, now that nothing uses it.
  await expect.poll(() => open.size, { timeout: 10_000 }).toBe(1)
})

test('certificates as texts, headers, and an API key that is replaced in its file', async () => {
  const { cert, key } = await authority.issue('api-3')
  const apiKeyFile = join(folder, 'api-key')
  writeFileSync(apiKeyFile, 'key-1')
  const reader = new SettingsReader({
    TEMPORAL_ADDRESS: server.address,
    TEMPORAL_NAMESPACE: 'orders',
    TEMPORAL_TLS_SERVER_NAME: 'frontend',
    TEMPORAL_TLS_SERVER_CA_CERT_DATA: authority.root,
    TEMPORAL_TLS_CLIENT_CERT_DATA: cert,
    TEMPORAL_TLS_CLIENT_KEY_DATA: key,
    TEMPORAL_API_KEY_FILE: apiKeyFile,
    TEMPORAL_GRPC_META_X_TEAM: 'orders',
  })
  const other = await openTestTemporal(server.address, readTemporalSettings(reader), 20)
  reader.finish()
  const authorization = async () => {
    await other.call(() => other.client.workflowService.getSystemInfo({}), { timeoutMs: 20_000 })
    expect(server.calls.at(-1)).toMatchObject({ certificate: 'api-3', team: 'orders' })
    return server.calls.at(-1)?.authorization
  }
  expect(await authorization()).toBe('Bearer key-1')
  writeFileSync(apiKeyFile, 'key-2')
  await expect.poll(authorization, { timeout: 20_000 }).toBe('Bearer key-2')
  await other.close()
})
