import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import type { Contract } from '@sundial/contract'
import { createLogger, type Logger } from '@sundial/runtime'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { Registry } from 'prom-client'
import { createVerifier } from '../auth/verifier.ts'
import { createApi } from '../create-api.ts'
import type { Limits } from '../http/protect.ts'
import { orders } from './contract.ts'
import { startIssuer, type TestIssuer } from './issuer.ts'
import { openTestTemporal } from './temporal.ts'

export interface TestApi {
  readonly app: FastifyInstance
  readonly issuer: TestIssuer
  readonly registry: Registry
  /** A request of a caller with these scopes. */
  as(
    scope: string,
    request: { method: 'GET' | 'POST' | 'PUT'; url: string; payload?: unknown; headers?: Record<string, string> },
  ): Promise<LightMyRequestResponse>
  close(): Promise<void>
}

export interface TestApiOptions {
  /** @default the test contract */
  readonly contract?: Contract
  /** @default never */
  readonly stopping?: AbortSignal
  /** It stays open when the API closes. @default one of its own */
  readonly issuer?: TestIssuer
  /** @default none */
  readonly limits?: Limits
  /** @default says nothing */
  readonly logger?: Logger
}

/** An API with a real issuer, and a Temporal client to the address. @param temporalAddress default: an address where nobody listens */
export async function startTestApi(
  temporalAddress?: string,
  { contract = orders, issuer: shared, stopping, limits, logger = createLogger('test', 'silent') }: TestApiOptions = {},
): Promise<TestApi> {
  const issuer = shared ?? (await startIssuer())
  const temporal = await openTestTemporal(temporalAddress ?? (await freeAddress()))
  const registry = new Registry()
  const verifier = createVerifier({ issuer: issuer.url, audience: 'orders-api', namespace: 'orders' })
  const app = await createApi(
    { contract, title: 'Orders', version: '1.2.3' },
    { temporal, verifier, registry, logger, cursorKey: Buffer.alloc(32, 7), ...(stopping && { stopping }), ...(limits && { limits }) },
  )
  await app.ready()
  return {
    app,
    issuer,
    registry,
    async as(scope, { method, url, payload, headers }) {
      const authorization = `Bearer ${await issuer.token({ scope })}`
      return app.inject({ method, url, headers: { authorization, ...headers }, ...(payload !== undefined && { payload: payload as object }) })
    },
    async close() {
      await app.close()
      await temporal.close()
      if (!shared) await issuer.close()
    },
  }
}

/** An address of this machine where nobody listens. */
export async function freeAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return `127.0.0.1:${port}`
}
