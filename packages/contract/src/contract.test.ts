import { expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { contractManifest, defineContract, jsonSchema, validate, type ErrorData, type ErrorName, type WorkflowArgument } from './index.ts'

const contract = defineContract({
  name: 'orders',
  taskQueue: 'orders',
  workflows: {
    'fulfil-order': {
      description: 'Fulfils an order',
      input: z.object({ quantity: z.number().int().min(1).default(1) }),
      output: z.object({ id: z.string() }),
      idempotency: 'once-per-id',
      errors: { CardDeclined: { data: z.object({ reason: z.string() }), httpStatus: 402 }, Plain: {} },
      access: { start: 'orders:write' },
    },
  },
  activities: {},
})

test('keeps precise types on both sides of a schema', () => {
  expectTypeOf<WorkflowArgument<typeof contract, 'fulfil-order'>>().toEqualTypeOf<{ quantity: number }>()
  type W = (typeof contract)['workflows']['fulfil-order']
  expectTypeOf<ErrorName<W>>().toEqualTypeOf<'CardDeclined' | 'Plain'>()
  expectTypeOf<ErrorData<W, 'CardDeclined'>>().toEqualTypeOf<{ reason: string }>()
  expectTypeOf<ErrorData<W, 'Plain'>>().toEqualTypeOf<undefined>()
})

test('validates, and says where a value is wrong', async () => {
  const { input } = contract.workflows['fulfil-order']
  expect(await validate(input, {})).toEqual({ value: { quantity: 1 } })
  expect(await validate(input, { quantity: 0 })).toMatchObject({ issues: [{ path: ['quantity'] }] })
})

test('describes itself as JSON Schema, each side its own', () => {
  const { input } = contract.workflows['fulfil-order']
  expect(jsonSchema(input, 'input')).not.toHaveProperty('required')
  expect(jsonSchema(input, 'output')).toMatchObject({ type: 'object', required: ['quantity'] })
})

test('reports every problem of a contract at once', () => {
  const text = z.object({})
  expect(() =>
    defineContract({
      name: 'Bad Name',
      taskQueue: 'q',
      workflows: {
        w: {
          description: '',
          input: text,
          output: text,
          idempotency: 'once-per-id',
          access: {},
          executionTimeout: '0s',
          errors: { Down: { httpStatus: 503 }, ValidationFailed: {} },
          signals: { __temporal_x: { input: text } },
        },
      },
      activities: {
        a: { description: '', input: text, output: text, startToCloseTimeout: '1m', scheduleToCloseTimeout: '1s' },
        b: { description: '', input: text, output: text, startToCloseTimeout: 'soon' as '1s', scheduleToCloseTimeout: '1s' },
      },
    }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [ContractError: contract "Bad Name" has 7 problems:
      - name: "Bad Name" must be lower case letters, digits and dashes, and begin with a letter
      - workflows.w.signals.__temporal_x: names that begin with "__temporal" or "__stack_trace" are Temporal's own
      - workflows.w.executionTimeout: "0s" is no time at all; write more than 0, or leave it out where it is optional
      - workflows.w.errors.Down.httpStatus: 503 is not a client error; a declared error is an answer, so 400 to 499
      - workflows.w.errors.ValidationFailed: the worker's own failures are called ValidationFailed and UnknownName; give the error another name
      - activities.a: scheduleToCloseTimeout (1s) is shorter than startToCloseTimeout (1m), so no attempt could use its time
      - activities.b.startToCloseTimeout: "soon" is not a duration; write milliseconds, or a number with ms, s, m, h or d, such as "30s"]
  `)
})

test('becomes plain data, each schema described from the side that its reader is on', () => {
  const manifest = contractManifest(contract)
  expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest)
  const workflow = manifest.workflows['fulfil-order']
  expect(workflow?.input).not.toHaveProperty('required')
  expect(workflow?.output).toMatchObject({ required: ['id'] })
  expect(workflow?.errors?.['CardDeclined']?.data).toMatchObject({ required: ['reason'] })
  expect(workflow?.access).toEqual({ start: 'orders:write' })
})
