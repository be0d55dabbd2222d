import { createLogger } from '@sundial/runtime'
import { afterEach, expect, test } from 'vitest'
import { checkNamespaces } from './check-namespaces.ts'
import { type Refusal, startFrontend } from './frontend.fixture.ts'
import { INVALID_ARGUMENT, NOT_FOUND, PERMISSION_DENIED } from './grpc-status.ts'
import { connectToTemporal } from './temporal-connection.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

const wanted = [{ name: 'orders', retentionDays: 7, searchAttributes: { OrderStatus: 'keyword', OrderTags: 'keyword-list' } as const }]

async function check(answer: (call: number) => Refusal) {
  const frontend = await startFrontend((method, call) => (method === 'CountWorkflowExecutions' ? answer(call) : undefined))
  cleanUps.push(() => frontend.close())
  const settings = { address: frontend.address, namespace: 'orders', credentials: { kind: 'none' } } as const
  const temporal = await connectToTemporal(settings, createLogger('test', 'silent'), AbortSignal.timeout(20_000))
  cleanUps.push(() => temporal.close())
  const error = await checkNamespaces(temporal, wanted).catch((reason: unknown) => reason)
  return { error, called: [...new Set(frontend.calls)] }
}

test('changes nothing where everything is there', async () => {
  expect(await check(() => undefined)).toEqual({ error: undefined, called: ['GetSystemInfo', 'CountWorkflowExecutions'] })
})

test('says with which commands to make what is missing', async () => {
  const noNamespace = await check(() => ({ code: NOT_FOUND, details: 'Namespace orders is not found.' }))
  expect((noNamespace.error as Error).message).toMatchInlineSnapshot(`
    "not everything is there; those who run Temporal make it with:
      temporal operator namespace create --namespace orders --retention 7d
      temporal operator search-attribute create --namespace orders --name OrderStatus --type Keyword
      temporal operator search-attribute create --namespace orders --name OrderTags --type KeywordList"
  `)
  // The first call is for the namespace itself, the second for the first attribute.
  const noAttribute = await check((call) => (call === 2 ? { code: INVALID_ARGUMENT, details: 'invalid search attribute: OrderStatus' } : undefined))
  expect((noAttribute.error as Error).message).toMatchInlineSnapshot(`
    "not everything is there; those who run Temporal make it with:
      temporal operator search-attribute create --namespace orders --name OrderStatus --type Keyword"
  `)
})

test('says that it may not look', async () => {
  expect(String((await check(() => ({ code: PERMISSION_DENIED, details: 'Request unauthorized.' }))).error)).toContain('"<namespace>:read"')
})
