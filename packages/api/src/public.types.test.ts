import { toStandardJsonSchema } from '@valibot/to-json-schema'
import { defineContract } from '@sundial/contract'
import { createLogger } from '@sundial/runtime'
import type { FastifyInstance } from 'fastify'
import { Registry } from 'prom-client'
import * as v from 'valibot'
import { expect, expectTypeOf, test } from 'vitest'
import { type ApiOptions, type ApiParts, ApiProblem, createApi, type Temporal, type Verifier } from './index.ts'
import { orders } from './test/contract.ts'

/** What the compiler refuses. This file is compiled with the others, and an error that is expected and does not come is one. */
const schema = toStandardJsonSchema(v.object({ to: v.string() }))
const parcels = defineContract({
  name: 'parcels',
  taskQueue: 'parcels',
  workflows: { send: { description: 'Sends', input: schema, output: schema, idempotency: 'once-per-id', access: { start: 'parcels:write' } } },
  activities: {},
})
const parts: ApiParts = {
  temporal: {} as Temporal,
  verifier: { verify: async () => ({ subject: 'ada', scopes: new Set(['a']), role: undefined, claims: {} }), refresh: async () => undefined },
  logger: createLogger('test', 'silent'),
  registry: new Registry(),
  cursorKey: Buffer.alloc(32),
}

test('an API is made of any contract, with its precise types and of any library', async () => {
  for (const contract of [orders, parcels]) {
    const app = await createApi({ contract }, { ...parts, registry: new Registry() })
    expectTypeOf(app).toEqualTypeOf<FastifyInstance>()
    await app.close()
  }
  // @ts-expect-error -- a contract is needed
  await expect(createApi({ title: 'Orders' }, parts)).rejects.toThrow('undefined')
  // @ts-expect-error -- what looks like one is none: its workflows have no access
  expectTypeOf<{ name: string; taskQueue: string; workflows: { send: { input: string } }; activities: object }>().toExtend<ApiOptions['contract']>()
})

test('what an API works with is all there, and of its kind', () => {
  const { cursorKey: _, ...incomplete } = parts
  // @ts-expect-error -- a list could not be read page by page
  expectTypeOf(incomplete).toExtend<ApiParts>()
  // @ts-expect-error -- a key is bytes
  expectTypeOf({ ...parts, cursorKey: 'secret' }).toExtend<ApiParts>()
  // @ts-expect-error -- how much a caller may ask must be said
  expectTypeOf({ ...parts, limits: { streamsPerSubject: 1 } }).toExtend<ApiParts>()
  expectTypeOf({ ...parts, limits: { requestsPerMinute: 60 }, leaving: AbortSignal.abort(), traced: true }).toExtend<ApiParts>()
})

test('a verifier of one’s own tells who calls, and refuses with a problem', async () => {
  const verifier: Verifier = {
    async verify(token) {
      expectTypeOf(token).toEqualTypeOf<string>()
      throw new ApiProblem({ slug: 'unauthenticated', status: 401, title: 'No' }, 'not today', { headers: { 'www-authenticate': 'Bearer' } })
    },
    refresh: async (signal) => signal.throwIfAborted(),
  }
  await expect(verifier.verify('x')).rejects.toMatchObject({ status: 401, retryable: false })
  // @ts-expect-error -- scopes are a set: they are looked up, not searched in a text
  const wrong: Awaited<ReturnType<Verifier['verify']>> = { subject: 'ada', scopes: 'orders:read', role: undefined, claims: {} }
  expect(wrong.subject).toBe('ada')
})

test('what is asked of Temporal keeps its type', () => {
  const call = (temporal: Temporal) => temporal.call(() => temporal.client.workflow.count(), { timeoutMs: 1000 })
  expectTypeOf(call).returns.resolves.toHaveProperty('count').toEqualTypeOf<number>()
  // @ts-expect-error -- a limit is a number of milliseconds
  const timeless = (temporal: Temporal) => temporal.call(async () => 1, { timeoutMs: '1s' })
  expect(timeless).toBeTypeOf('function')
})
