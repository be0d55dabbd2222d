import { expect, expectTypeOf, test } from 'vitest'
import { parcels } from '../fixtures/contract.fixture.ts'
import { testActivityContext } from './test-activity-context.ts'

test('is what the worker gives, with its errors', () => {
  const context = testActivityContext(parcels, 'weigh')
  expect(context).toMatchObject({ idempotencyKey: 'test-workflow/test-run/1', attempt: 1 })
  expect(context.signal.aborted).toBe(false)
  expect(context.error('TooHeavy', { limit: 10 })).toMatchObject({ type: 'TooHeavy', nonRetryable: true, details: [{ limit: 10 }] })
  expect(context.error('ScaleBroken', undefined, 'it fell')).toMatchObject({ type: 'ScaleBroken', message: 'it fell', details: [] })
  expect(context.error('Nonsense' as 'ScaleBroken')).toMatchObject({ message: expect.stringContaining('it has TooHeavy, ScaleBroken') as string })
  expectTypeOf(context.error<'TooHeavy'>)
    .parameter(1)
    .toEqualTypeOf<{ limit: number }>()
})

test('takes what a test wants to see', () => {
  const beats: unknown[] = []
  const signal = AbortSignal.abort()
  const context = testActivityContext(parcels, 'weigh', { idempotencyKey: 'k', attempt: 3, signal, onHeartbeat: (details) => beats.push(details) })
  context.heartbeat('half')
  expect({ ...context, beats }).toMatchObject({ idempotencyKey: 'k', attempt: 3, signal, beats: ['half'] })
})

test('says which activities there are', () => {
  expect(() => testActivityContext(parcels, 'measure' as 'weigh')).toThrow('contract "parcels" has no activity "measure"; it has weigh')
})
