import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Server, ServerCredentials, type UntypedHandleCall } from '@grpc/grpc-js'
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import { createLogger, readTemporalSettings, SettingsReader, TemporalAccess } from '@sundial/runtime'
import { afterAll, expect, test, vi } from 'vitest'
import { WorkerConnection } from './worker-connection.ts'

const folder = mkdtempSync(join(tmpdir(), 'worker-connection-'))
const file = (name: string) => join(folder, name)
x509.cryptoProvider.set(crypto)
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const day = 86_400_000
const validity = () => ({ notBefore: new Date(Date.now() - day), notAfter: new Date(Date.now() + day) })

const rootKeys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
const root = await x509.X509CertificateGenerator.createSelfSigned({
  name: 'CN=root',
  keys: rootKeys,
  signingAlgorithm: algorithm,
  extensions: [new x509.BasicConstraintsExtension(true)],
  ...validity(),
})

async function issue(name: string): Promise<{ cert: string; key: string }> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const cert = await x509.X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer: root.subject,
    publicKey: keys.publicKey,
    signingKey: rootKeys.privateKey,
    signingAlgorithm: algorithm,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }])],
    ...validity(),
  })
  const key = x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')
  return { cert: cert.toString('pem'), key }
}

function write({ cert, key }: { cert: string; key: string }): void {
  writeFileSync(file('crt'), cert)
  writeFileSync(file('key'), key)
}

/** Answers one method of Temporal's frontend, and tells who called. */
async function startFrontend(): Promise<{ address: string; server: Server }> {
  const { cert, key } = await issue('frontend')
  const server = new Server()
  const identity = (bytes: Buffer) => bytes
  const codec = {
    requestStream: false,
    responseStream: false,
    requestSerialize: identity,
    requestDeserialize: identity,
    responseSerialize: identity,
    responseDeserialize: identity,
  }
  const answer: UntypedHandleCall = (
    call: Parameters<Extract<UntypedHandleCall, (call: never, callback: never) => void>>[0],
    callback: (error: null, value: Buffer) => void,
  ) => {
    const header = (name: string) => call.metadata.get(name)[0]?.toString()
    callers.push({ token: header('authorization'), team: header('x-team'), certificate: call.getAuthContext().sslPeerCertificate?.subject.CN })
    callback(null, Buffer.alloc(0))
  }
  server.addService({ getSystemInfo: { path: '/temporal.api.workflowservice.v1.WorkflowService/GetSystemInfo', ...codec } }, { getSystemInfo: answer })
  const credentials = ServerCredentials.createSsl(Buffer.from(root.toString('pem')), [{ cert_chain: Buffer.from(cert), private_key: Buffer.from(key) }], true)
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound))),
  )
  return { address: `127.0.0.1:${port}`, server }
}

const callers: { token: string | undefined; team: string | undefined; certificate: unknown }[] = []
let lifetimeSeconds = 1
let issued = 0
let secret = 'first'
const provider = createServer((request, response) => {
  const issuer = `http://${request.headers.host}`
  const basic = `Basic ${Buffer.from(`a:${secret}`).toString('base64')}`
  if (request.url === '/token' && request.headers.authorization !== basic) return response.writeHead(401).end('{}')
  response.end(
    JSON.stringify(
      request.url === '/token' ? { access_token: `token-${++issued}`, expires_in: lifetimeSeconds } : { issuer, token_endpoint: `${issuer}/token` },
    ),
  )
})
provider.listen(0, '127.0.0.1')
await once(provider, 'listening')
afterAll(() => {
  rmSync(folder, { recursive: true })
  provider.close()
})

test('goes on with new tokens and new certificates', { timeout: 60_000 }, async () => {
  const { address, server } = await startFrontend()
  writeFileSync(file('ca'), root.toString('pem'))
  write(await issue('worker-1'))
  writeFileSync(file('secret'), secret)
  const issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
  const access = new TemporalAccess(
    {
      address,
      namespace: 'orders',
      tls: { serverName: 'frontend', serverRootCaFile: file('ca'), clientCertFile: file('crt'), clientKeyFile: file('key') },
      credentials: { kind: 'client-credentials', issuer, clientId: 'a', clientSecret: secret, clientSecretFile: file('secret'), scope: 'c' },
    },
    createLogger('test', 'silent'),
    50,
  )
  const connection = await WorkerConnection.connect(access, createLogger('test', 'silent'))
  expect(callers.at(-1)).toEqual({ token: 'Bearer token-1', team: undefined, certificate: 'worker-1' })

  const callAs = async (expected: object) => {
    await connection.native.workflowService.getSystemInfo({})
    expect(callers.at(-1)).toMatchObject(expected)
  }
  // The secret is changed where tokens come from, and in the file.
  secret = 'second'
  writeFileSync(file('secret'), secret)
  lifetimeSeconds = 3600
  await vi.waitFor(() => callAs({ token: 'Bearer token-2', certificate: 'worker-1' }), { timeout: 10_000, interval: 100 })
  // A key that does not belong to the certificate yet: nothing is changed.
  const { cert, key } = await issue('worker-2')
  writeFileSync(file('key'), key)
  await new Promise((resolve) => setTimeout(resolve, 200))
  await callAs({ token: 'Bearer token-2', certificate: 'worker-1' })
  writeFileSync(file('crt'), cert)
  await vi.waitFor(() => callAs({ token: 'Bearer token-2', certificate: 'worker-2' }), { timeout: 10_000, interval: 100 })
  await connection.close()
  server.forceShutdown()
})

test('certificates as texts, headers, and an API key that is replaced in its file', { timeout: 60_000 }, async () => {
  const { address, server } = await startFrontend()
  const { cert, key } = await issue('worker-3')
  writeFileSync(file('api-key'), 'key-1')
  const reader = new SettingsReader({
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: 'orders',
    TEMPORAL_TLS_SERVER_NAME: 'frontend',
    TEMPORAL_TLS_SERVER_CA_CERT_DATA: root.toString('pem'),
    TEMPORAL_TLS_CLIENT_CERT_DATA: cert,
    TEMPORAL_TLS_CLIENT_KEY_DATA: key,
    TEMPORAL_API_KEY_FILE: file('api-key'),
    TEMPORAL_GRPC_META_X_TEAM: 'orders',
  })
  const access = new TemporalAccess(readTemporalSettings(reader), createLogger('test', 'silent'), 50)
  reader.finish()
  const connection = await WorkerConnection.connect(access, createLogger('test', 'silent'))
  expect(callers.at(-1)).toEqual({ token: 'Bearer key-1', team: 'orders', certificate: 'worker-3' })
  writeFileSync(file('api-key'), 'key-2')
  await vi.waitFor(
    async () => {
      await connection.native.workflowService.getSystemInfo({})
      expect(callers.at(-1)).toEqual({ token: 'Bearer key-2', team: 'orders', certificate: 'worker-3' })
    },
    { timeout: 20_000, interval: 100 },
  )
  await connection.close()
  server.forceShutdown()
})
