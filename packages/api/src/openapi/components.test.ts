import { expect, test } from 'vitest'
import { z } from 'zod'
import { createComponents, hoist } from './components.ts'

test('definitions of a schema become components, and references follow them', () => {
  expect(
    hoist('Order', {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      properties: {
        line: { $ref: '#/$defs/a line' },
        parent: { $ref: '#' },
        first: { $ref: '#/properties/line' },
        $ref: { type: 'string' },
        elsewhere: { $ref: 'https://example.com/x' },
      },
      $defs: { 'a line': { items: { $ref: '#/$defs/a%20line' } } },
    }),
  ).toEqual({
    Order: {
      properties: {
        line: { $ref: '#/components/schemas/Order.a_line' },
        parent: { $ref: '#/components/schemas/Order' },
        first: { $ref: '#/components/schemas/Order/properties/line' },
        $ref: { type: 'string' },
        elsewhere: { $ref: 'https://example.com/x' },
      },
    },
    'Order.a_line': { items: { $ref: '#/components/schemas/Order.a_line' } },
  })
})

test('data that look like references are left alone', () => {
  const schema = { default: { $ref: '#' }, enum: [{ $ref: '#' }], properties: { default: { $ref: '#' } } }
  expect(hoist('X', schema)['X']).toEqual({ ...schema, properties: { default: { $ref: '#/components/schemas/X' } } })
})

test('two schemas of one name are an error', () => {
  const components = createComponents()
  components.add('X', {})
  expect(() => components.add('X', {})).toThrow(/two parts of the contract would both be called "X"/)
})

test('a schema that cannot be described says where it is', () => {
  expect(() => createComponents().addContract('X', z.object({ at: z.date() }), { path: 'workflows.w.input', side: 'input' })).toThrow(/^workflows\.w\.input: /)
})
