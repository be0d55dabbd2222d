import { defineContract } from '@sundial/contract'
import { asyncLocalStorage, Context, type Info } from '@temporalio/activity'
import { DefaultLogger } from '@temporalio/worker'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { ActivityImplementations } from './types.ts'
import { wrapActivities } from './wrap-activities.ts'

const contract = defineContract({
  name: 'c',
  taskQueue: 'c',
  workflows: {},
  activities: {
    pay: {
      description: '',
      input: z.object({ amount: z.string().transform(Number) }),
      output: z.object({ paid: z.string(), currency: z.string().default('EUR') }),
      errors: { Declined: { description: 'The card was refused', data: z.object({ reason: z.string() }) }, Busy: { retryable: true } },
      startToCloseTimeout: '1s',
      scheduleToCloseTimeout: '1s',
    },
  },
})
type Pay = ActivityImplementations<typeof contract>['pay']

const info = { workflowExecution: { workflowId: 'order-1', runId: 'run-1' }, activityId: '3', activityType: 'pay', attempt: 2 } as Info
const aborted = AbortSignal.abort()
const heartbeats: unknown[] = []

/** Runs an implementation as the SDK does, inside a context. */
function run(pay: Pay, input: unknown): Promise<unknown> {
  const logger = new DefaultLogger('ERROR')
  const context = Reflect.construct(Context, [
    info,
    new Promise<never>(() => {}),
    aborted,
    (details: unknown) => heartbeats.push(details),
    undefined,
    logger,
  ]) as Context
  return asyncLocalStorage.run(context, () => wrapActivities(contract, { pay }).pay?.(input) as Promise<unknown>)
}
const failure = (pay: Pay, input: unknown = { amount: '1' }) => run(pay, input).catch((error: unknown) => error)

test('gets the parsed input; its output is sent as it is, for the receiver to parse', async () => {
  expect(await run(async ({ amount }) => ({ paid: String(amount + 1) }), { amount: '41' })).toEqual({ paid: '42' })
})

test('knows its attempt', async () => {
  await run(
    async (_, context) => {
      expect(context).toMatchObject({ idempotencyKey: 'order-1/run-1/3', attempt: 2, signal: aborted })
      context.heartbeat('half')
      return { paid: '1' }
    },
    { amount: '1' },
  )
  expect(heartbeats).toEqual(['half'])
})

test('refuses an input that does not fit without calling the implementation', async () => {
  let calls = 0
  const error = await failure(async () => ({ paid: String(++calls) }), { amount: 1 })
  expect(error).toMatchObject({
    type: 'ValidationFailed',
    nonRetryable: true,
    message: expect.stringMatching(/^input of activity "pay" is invalid: amount: /) as string,
    details: [{ path: ['amount'] }],
  })
  expect(calls).toBe(0)
})

test('refuses an output that does not fit', async () => {
  expect(await failure(async () => ({ paid: 1 as never }))).toMatchObject({
    type: 'ValidationFailed',
    nonRetryable: true,
    message: expect.stringMatching(/^output of activity "pay"/) as string,
  })
})

test('throws declared errors with their data', async () => {
  const error = await failure(async (_, context) => {
    throw context.error('Declined', { reason: 'funds' })
  })
  expect(error).toMatchObject({ type: 'Declined', nonRetryable: true, message: 'The card was refused', details: [{ reason: 'funds' }] })
})

test('a declared error that may pass is retried', async () => {
  const error = await failure(async (_, context) => {
    throw context.error('Busy')
  })
  expect(error).toMatchObject({ type: 'Busy', nonRetryable: false })
})

test('refuses wrong data of a declared error', async () => {
  const error = await failure(async (_, context) => {
    throw context.error('Declined', { reason: 1 } as never)
  })
  expect(error).toMatchObject({ type: 'ValidationFailed', message: expect.stringMatching(/^data of error "Declined" is invalid: reason: /) as string })
})

test('says which errors there are', async () => {
  const error = await failure(async (_, context) => {
    throw context.error('Nonsense' as never, undefined as never)
  })
  expect(error).toMatchObject({ message: 'the contract has no error "Nonsense" for activity "pay"; it has Declined, Busy', nonRetryable: true })
})

test('leaves other errors as they are, to be retried', async () => {
  const broken = new Error('connection lost')
  expect(await failure(() => Promise.reject(broken))).toBe(broken)
})

test('every activity needs an implementation', () => {
  expect(() => wrapActivities(contract, {} as never)).toThrow('activity "pay" of contract "c" has no implementation')
})

test('an implementation that the contract does not know is not dropped in silence', () => {
  const pay: Pay = async () => ({ paid: '1' })
  expect(() => wrapActivities(contract, { pay, payy: pay } as never)).toThrow(
    new TypeError('activity "payy" is implemented, but contract "c" does not declare it; it has pay'),
  )
})
