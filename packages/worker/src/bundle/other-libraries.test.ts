import { toStandardJsonSchema } from '@valibot/to-json-schema'
import { type AnySchema, defineContract, validate } from '@sundial/contract'
import { type } from 'arktype'
import * as v from 'valibot'
import { expect, expectTypeOf, test } from 'vitest'
import { type ActivityImplementations, wrapActivities } from '../activity/index.ts'
import type { WorkflowImplementation } from '../workflow/index.ts'
import { evaluateManifest } from './evaluate-manifest.fixture.ts'
import { manifestFiles } from './manifest-files.ts'

const schemas = {
  valibot: {
    input: toStandardJsonSchema(v.object({ to: v.pipe(v.string(), v.minLength(1)), parcels: v.optional(v.pipe(v.number(), v.integer()), 1) })),
    output: toStandardJsonSchema(v.object({ mode: v.picklist(['air', 'road']) })),
  },
  arktype: {
    input: type({ to: 'string > 0', 'parcels?': 'number.integer' }),
    output: type({ mode: "'air' | 'road'" }),
  },
}

const contractOf = <I extends AnySchema, O extends AnySchema>({ input, output }: { readonly input: I; readonly output: O }) =>
  defineContract({
    name: 'parcels',
    taskQueue: 'parcels',
    workflows: { send: { description: 'Sends', input, output, idempotency: 'once-per-id', access: { start: 'parcels:write' } } },
    activities: { weigh: { description: 'Weighs', input, output, startToCloseTimeout: '1s', scheduleToCloseTimeout: '1m' } },
  })

test.each(Object.entries(schemas))('a contract may be written with %s', async (_, each) => {
  const contract = contractOf<AnySchema, AnySchema>(each)
  expect(await validate(contract.workflows.send.input, { to: '', parcels: 1 })).toMatchObject({ issues: [{ path: ['to'] }] })
  const { workflows, activities } = evaluateManifest(manifestFiles(contract))
  const { input, output } = workflows['send']!
  expect([input({ to: 'x' }), input({ to: '' }), input({ to: 'x', parcels: 1.5 }), input({})]).toEqual([true, false, false, false])
  expect([output({ mode: 'air' }), output({ mode: 'sea' }), activities['weigh']!.input({ to: 'x', parcels: 2 })]).toEqual([true, false, true])
})

test('types flow from valibot to workflow and activity, and its defaults are filled in the sandbox', () => {
  const contract = contractOf(schemas.valibot)
  const send: WorkflowImplementation<typeof contract, 'send'> = async ({ activities }, { to, parcels }) => {
    expectTypeOf(parcels).toEqualTypeOf<number>()
    return activities.weigh({ to, parcels })
  }
  expectTypeOf(send).returns.resolves.toEqualTypeOf<{ mode: 'air' | 'road' }>()
  const weigh: ActivityImplementations<typeof contract>['weigh'] = async ({ parcels }) => ({ mode: parcels > 1 ? 'road' : 'air' })
  expect(wrapActivities(contract, { weigh })).toHaveProperty('weigh')
  const value = { to: 'x' }
  expect(evaluateManifest(manifestFiles(contract)).workflows['send']!.input(value)).toBe(true)
  expect(value).toEqual({ to: 'x', parcels: 1 })
})

test('a default that a library does not write is refused, since it would be lost in the sandbox', () => {
  expect(() => contractOf({ ...schemas.arktype, input: type({ to: 'string', parcels: 'number.integer = 1' }) })).toThrow(
    'workflows.send.input: its library does not write the default of parcels into JSON Schema',
  )
})

test('a library without JSON Schema is refused with what to do', () => {
  const input = v.object({}) as unknown as AnySchema
  expect(() => contractOf({ ...schemas.valibot, input })).toThrow('its library (valibot) does not say how it is written as JSON Schema; wrap it')
})
