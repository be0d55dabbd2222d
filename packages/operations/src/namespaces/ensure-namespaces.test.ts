import { createLogger } from '@sundial/runtime'
import { afterEach, expect, test } from 'vitest'
import { ensureNamespaces, NamespaceError } from './ensure-namespaces.ts'
import { type Refusal, startFrontend } from './frontend.fixture.ts'
import { INVALID_ARGUMENT, NOT_FOUND } from './grpc-status.ts'
import type { NamespaceSpecification } from './specification.ts'
import { connectToTemporal } from './temporal-connection.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

const logger = createLogger('test', 'silent')
const wanted: NamespaceSpecification[] = [{ name: 'orders', retentionDays: 7, searchAttributes: { OrderStatus: 'keyword' } }]
const missing = { code: NOT_FOUND, details: 'Namespace orders is not found.' }

/** Makes the namespaces on a server that has none yet, and refuses what it is told. */
async function ensure(refuse: (method: string, call: number) => Refusal) {
  const frontend = await startFrontend((method, call) => (method === 'DescribeNamespace' ? missing : refuse(method, call)))
  cleanUps.push(() => frontend.close())
  const signal = AbortSignal.timeout(20_000)
  const temporal = await connectToTemporal({ address: frontend.address, namespace: 'temporal-system', credentials: { kind: 'none' } }, logger, signal)
  cleanUps.push(() => temporal.close())
  const error = await ensureNamespaces(temporal, wanted, { logger, signal }).catch((reason: unknown) => reason)
  const count = (method: string) => frontend.calls.filter((each) => each === method).length
  return { error, count }
}

test('waits until the server knows a new namespace, and its attributes', async () => {
  const { error, count } = await ensure((method, call) => {
    if (method === 'AddSearchAttributes' && call === 1) return missing
    return method === 'CountWorkflowExecutions' && call === 1 ? { code: INVALID_ARGUMENT, details: 'invalid search attribute: OrderStatus' } : undefined
  })
  expect(error).toBeUndefined()
  expect([count('RegisterNamespace'), count('AddSearchAttributes'), count('CountWorkflowExecutions')]).toEqual([1, 2, 2])
})

test('does not repeat a change that the server refuses for good', async () => {
  const { error, count } = await ensure((method) =>
    method === 'AddSearchAttributes' ? { code: INVALID_ARGUMENT, details: 'cannot have more than 10 search attributes of type Keyword' } : undefined,
  )
  expect(error).toBeInstanceOf(NamespaceError)
  expect((error as Error).message).toBe(
    'orders: the search attributes OrderStatus cannot be added: cannot have more than 10 search attributes of type Keyword; what came before was done, and nothing after',
  )
  expect([count('AddSearchAttributes'), count('CountWorkflowExecutions')]).toEqual([1, 0])
})
