import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Server, ServerCredentials } from '@grpc/grpc-js'
import type { ProcessProbe } from '@sundial/platform/process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ensureCertificates } from '../certificates/index.ts'
import { decodeHealthResponse, encodeHealthRequest } from './grpc-health.ts'
import { watchProbe, type ProbeResult } from './probe-loop.ts'
import { freePort } from '../free-port.fixture.ts'

let folder: string
const closing: (() => unknown)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sundial-probe-'))
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
  rmSync(folder, { recursive: true })
})

const pace = { periodSeconds: 0.02, timeoutSeconds: 15 }

/** Asks until a result is as wanted. */
async function result(probe: ProcessProbe, wanted: (result: ProbeResult) => boolean = () => true): Promise<ProbeResult> {
  const over = new AbortController()
  let last: ProbeResult | undefined
  await watchProbe(probe, over.signal, (found) => {
    last = found
    if (wanted(found)) over.abort()
  })
  return last as ProbeResult
}

async function listening(server: HttpServer | TcpServer): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => server.close())
  return (server.address() as AddressInfo).port
}

test.each([
  [200, true],
  [204, true],
  [302, true],
  [404, false],
  [503, false],
])('HTTP: %s', async (status, ready) => {
  const port = await listening(createHttpServer((_request, response) => response.writeHead(status).end('some words')))
  const found = await result({ kind: 'http', url: `http://127.0.0.1:${port}/readyz`, ...pace })
  expect(found).toMatchObject({ ready, answered: true })
  expect(found.reason ?? '').toMatch(ready ? /^$/ : new RegExp(`^answered ${status}: some words`))
})

test('HTTP: no answer in time', async () => {
  const port = await listening(createHttpServer(() => undefined))
  expect(await result({ kind: 'http', url: `http://127.0.0.1:${port}/`, periodSeconds: 0.02, timeoutSeconds: 0.05 })).toEqual({
    ready: false,
    answered: false,
    reason: 'no answer within 0.05 s',
  })
})

test('TCP: nobody there, then somebody', async () => {
  const port = await freePort()
  const probe = { kind: 'tcp', host: '127.0.0.1', port, ...pace } as const
  expect(await result(probe)).toEqual({ ready: false, answered: false, reason: `connect ECONNREFUSED 127.0.0.1:${port}` })
  const server = createTcpServer().listen(port, '127.0.0.1')
  closing.push(() => server.close())
  expect(await result(probe, ({ ready }) => ready)).toEqual({ ready: true, answered: true })
})

test('PostgreSQL: one that hangs is not ready, although the kernel accepts connections for it', async () => {
  const silent = await listening(createTcpServer())
  expect(await result({ kind: 'postgresql', host: '127.0.0.1', port: silent, periodSeconds: 0.02, timeoutSeconds: 0.05 })).toMatchObject({
    ready: false,
    answered: false,
    reason: 'no answer within 0.05 s',
  })
})

/** A server with the standard health service, TLS, and clients' certificates required, as Temporal's. */
async function healthServer(
  health: Readonly<Record<string, number | undefined>>,
): Promise<{ server: Server; port: number; clients: Set<string>; start(): Promise<void> }> {
  const path = (name: string): string => join(folder, name)
  const leaf = (name: string, usages: readonly ('server' | 'client')[]) => ({
    name,
    domain: 'client',
    certFile: path(`${name}.crt`),
    keyFile: path(`${name}.key`),
    commonName: name,
    dnsNames: [name],
    ipAddresses: [],
    usages,
  })
  await ensureCertificates({
    trustDomains: [
      { name: 'client', caFile: path('ca.crt'), keyFile: path('ca.key') },
      { name: 'other', caFile: path('other-ca.crt'), keyFile: path('other-ca.key') },
    ],
    certificates: [leaf('frontend', ['server', 'client']), { ...leaf('stranger', ['client']), domain: 'other' }],
  })
  const [ca, key, cert] = await Promise.all(['ca.crt', 'frontend.key', 'frontend.crt'].map((name) => readFile(path(name))))
  const server = new Server()
  const clients = new Set<string>()
  const definition = {
    check: {
      path: '/grpc.health.v1.Health/Check',
      requestStream: false,
      responseStream: false,
      requestSerialize: Buffer.from,
      requestDeserialize: (bytes: Buffer) => bytes.toString('utf8', 2),
      responseSerialize: (status: number) => Buffer.from([8, status]),
      responseDeserialize: Buffer.from,
    },
  }
  server.addService(definition, {
    check: (call: { request: string; getPeer(): string }, answer: (error: object | null, status?: number) => void) => {
      clients.add(call.getPeer())
      const status = health[call.request]
      answer(status === undefined ? { code: 5, details: 'unknown service' } : null, status)
    },
  })
  const port = await freePort()
  closing.push(() => server.forceShutdown())
  const start = async (): Promise<void> =>
    await new Promise((resolve, reject) => {
      server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createSsl(ca!, [{ private_key: key!, cert_chain: cert! }], true), (error) =>
        error ? reject(error) : resolve(),
      )
    })
  return { server, port, clients, start }
}

function grpc(port: number, service: string, by: 'frontend' | 'stranger' = 'frontend'): ProcessProbe {
  const tls = { serverName: 'frontend', caFile: join(folder, 'ca.crt'), certFile: join(folder, `${by}.crt`), keyFile: join(folder, `${by}.key`) }
  return { kind: 'grpc', address: `127.0.0.1:${port}`, service, tls, ...pace }
}

test('gRPC: asks the health service over TLS with a client certificate, all questions through one connection', async () => {
  const health: Record<string, number | undefined> = { frontend: 2 }
  const { port, clients, start } = await healthServer(health)
  const results: ProbeResult[] = []
  const over = new AbortController()
  const watched = watchProbe(grpc(port, 'frontend'), over.signal, (found) => results.push(found))
  await expect.poll(() => results[0]).toMatchObject({ ready: false, answered: false, reason: expect.stringMatching(/^UNAVAILABLE: .*ECONNREFUSED/) })
  await start()
  await expect.poll(() => results.at(-1)).toEqual({ ready: false, answered: true, reason: 'says NOT_SERVING' })
  health.frontend = 1
  await expect.poll(() => results.at(-1)).toEqual({ ready: true, answered: true })
  const seen = results.length
  await expect.poll(() => results.length).toBeGreaterThan(seen + 5)
  over.abort()
  await watched
  expect(clients.size).toBe(1)
})

test('gRPC: a service that is not there, and a certificate of another root', async () => {
  const { port, start } = await healthServer({ frontend: 1 })
  await start()
  expect(await result(grpc(port, 'history'))).toEqual({ ready: false, answered: true, reason: 'NOT_FOUND: unknown service' })
  expect((await result(grpc(port, 'frontend', 'stranger'))).ready).toBe(false)
  expect(
    await result({
      ...grpc(port, 'frontend'),
      tls: { serverName: 'other-name', caFile: join(folder, 'ca.crt'), certFile: join(folder, 'frontend.crt'), keyFile: join(folder, 'frontend.key') },
    } as ProcessProbe),
  ).toMatchObject({ ready: false })
})

test('gRPC: certificates that are not there yet are a reason, and not the end', async () => {
  const port = await freePort()
  expect(await result(grpc(port, 'frontend'))).toMatchObject({ ready: false, reason: expect.stringContaining('ENOENT') })
})

test('the messages of the health service', () => {
  expect(encodeHealthRequest('')).toEqual(Buffer.alloc(0))
  expect(encodeHealthRequest('ab')).toEqual(Buffer.from([0x0a, 2, 0x61, 0x62]))
  expect(encodeHealthRequest('x'.repeat(300)).subarray(0, 3)).toEqual(Buffer.from([0x0a, 0xac, 0x02]))
  expect([[], [8, 0], [8, 1], [8, 2], [8, 3], [8, 99]].map((bytes) => decodeHealthResponse(Buffer.from(bytes)))).toEqual([
    'UNKNOWN',
    'UNKNOWN',
    'SERVING',
    'NOT_SERVING',
    'SERVICE_UNKNOWN',
    'UNKNOWN',
  ])
  // A field that a later version adds comes first here.
  expect(decodeHealthResponse(Buffer.from([0x12, 2, 0x61, 0x62, 8, 1]))).toBe('SERVING')
  expect(() => decodeHealthResponse(Buffer.from([8]))).toThrow('cut off')
})
