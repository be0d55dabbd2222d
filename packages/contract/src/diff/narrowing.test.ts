import { expect, test } from 'vitest'
import { z } from 'zod'
import { type JsonSchema, jsonSchema, type Schema } from '../schema.ts'
import { narrowings } from './narrowing.ts'
import { refusal, surprise } from './sentences.ts'

const written = (schema: Schema | JsonSchema): JsonSchema => ('~standard' in schema ? jsonSchema(schema as Schema, 'input') : schema)
const refusals = (from: Schema | JsonSchema, to: Schema | JsonSchema) =>
  narrowings(written(from), written(to)).map((each) => `${each.path || '(root)'} ${refusal(each)}`)

const tree = z.object({
  name: z.string(),
  get children() {
    return z.array(tree)
  },
})
const strictTree = z.object({
  name: z.string().max(9),
  get children() {
    return z.array(strictTree)
  },
})
const circle = z.object({ kind: z.literal('circle'), r: z.number() })
const square = z.object({ kind: z.literal('square'), a: z.number() })

test.each<[string, Schema | JsonSchema, Schema | JsonSchema, string[]]>([
  ['required', z.object({ a: z.int().optional() }), z.object({ a: z.int() }), ['a must be given now']],
  ['new and required', z.object({}), z.object({ a: z.int() }), ['a must be given now']],
  ['deep', z.object({ l: z.array(z.object({ q: z.int() })) }), z.object({ l: z.array(z.object({ q: z.int().max(5) })) }), ['l[].q has the limit maximum 5']],
  [
    'stricter limit',
    z.string().min(1).max(9),
    z.string().min(2).max(8),
    ['(root) has the limit minLength 2 instead of 1', '(root) has the limit maxLength 8 instead of 9'],
  ],
  ['exclusive', z.number(), z.number().positive(), ['(root) has the limit exclusiveMinimum 0']],
  ['type', z.object({ a: z.string() }), z.object({ a: z.int() }), ['a may no longer be string']],
  ['number to integer', z.number(), z.int(), ['(root) may no longer be number']],
  ['null', z.string().nullable(), z.string(), ['(root) may no longer be null']],
  ['list of types', { type: ['string', 'null'] }, { type: 'string' }, ['(root) may no longer be null']],
  ['anything', z.unknown(), z.string(), ['(root) may no longer be anything']],
  ['value', z.enum(['a', 'b', 'c']), z.enum(['b']), ['(root) may no longer be "a" or "c"']],
  ['text to values', z.string(), z.enum(['a']), ['(root) must be "a" now']],
  ['pattern', z.string(), z.string().regex(/^x/), ['(root) follows another rule (pattern)']],
  ['format', z.string(), z.email(), ['(root) follows another rule (format)']],
  [
    'strict object',
    z.object({ a: z.int(), b: z.int().optional() }),
    z.strictObject({ a: z.int() }),
    ['b is not known any more', '(root) refuses properties that it does not name now'],
  ],
  ['record', z.record(z.string(), z.number()), z.record(z.string(), z.string()), ['* may no longer be number']],
  ['form gone', z.discriminatedUnion('kind', [circle, square]), circle, ['r must be given now', 'kind may no longer be "square"']],
  ['form gone of several', z.union([circle, square, z.string()]), z.union([circle, z.string()]), ['(root) may no longer have the form kind "square"']],
  ['narrower form', z.union([circle, square]), z.union([circle, square.extend({ a: z.number().max(1) })]), ['a has the limit maximum 1']],
  ['tuple', z.tuple([z.string(), z.int()]), z.tuple([z.string(), z.string()]), ['[1] may no longer be integer']],
  ['recursion', tree, strictTree, ['name has the limit maxLength 9']],
  ['nothing', { type: 'object', properties: { a: {} } }, { type: 'object', properties: { a: false } }, ['a may not be given any more']],
])('finds what is refused: %s', (_, from, to, expected) => {
  expect(refusals(from, to)).toEqual(expected)
})

test.each<[string, Schema | JsonSchema, Schema | JsonSchema]>([
  ['the same', tree, tree],
  ['optional now', z.object({ a: z.int() }), z.object({ a: z.int().optional() })],
  ['new with a default', z.object({}), z.object({ a: z.int().default(1) })],
  ['new and optional', z.strictObject({}), z.strictObject({ a: z.int().optional() })],
  ['gone from an open object', z.object({ a: z.int() }), z.object({})],
  ['wider limits', z.int().min(1).max(5), z.int().min(0).max(9)],
  ['a wider type', z.int(), z.union([z.number(), z.string()])],
  ['more values', z.enum(['a']), z.enum(['a', 'b'])],
  ['values of a text', z.enum(['a', 'b']), z.string()],
  ['one value of a pattern', z.literal('x'), z.string().regex(/^x/)],
  ['more forms', z.discriminatedUnion('kind', [circle]), z.discriminatedUnion('kind', [square, circle])],
  ['words for people', z.object({ a: z.string().describe('new') }), z.object({ a: z.string().meta({ title: 'old' }) })],
  ['a wider tree', strictTree, tree],
  ['a named schema in place', z.object({ a: z.object({ n: z.int() }).meta({ id: 'NarrowingNamed' }) }), z.object({ a: z.object({ n: z.int() }) })],
])('finds nothing where everything still fits: %s', (_, from, to) => {
  expect(refusals(from, to)).toEqual([])
})

test('says of the other direction what is new to a reader', () => {
  const before = { type: 'object', required: ['a', 'b'], properties: { a: { type: 'string' }, b: { enum: ['x'] }, c: { type: 'integer', maximum: 5 } } }
  const now = { type: 'object', required: ['b'], properties: { a: { type: ['string', 'null'] }, b: { enum: ['x', 'y'] }, c: { type: 'integer' } } }
  expect(narrowings(now, before).map((each) => `${each.path} ${surprise(each)}`)).toEqual([
    'a may be absent now',
    'a may be null now',
    'b may be "y" now',
    'c is no longer within maximum 5',
  ])
})
