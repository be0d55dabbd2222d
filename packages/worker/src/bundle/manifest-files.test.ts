import { type AnySchema, defineContract } from '@sundial/contract'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { issuesOf } from '../failures/issues.ts'
import { parcels } from '../fixtures/contract.fixture.ts'
import type { Check } from '../manifest/manifest.ts'
import { evaluateManifest } from './evaluate-manifest.fixture.ts'
import { manifestFiles } from './manifest-files.ts'
import { manifestHash } from './manifest-hash.ts'

function contractOf(input: AnySchema, output: AnySchema = z.object({})) {
  const workflow = { description: '', input, output, idempotency: 'once-per-id', access: {} } as const
  return defineContract({ name: 'c', taskQueue: 'c', workflows: { w: workflow }, activities: {} })
}
const inputCheck = (schema: AnySchema) => evaluateManifest(manifestFiles(contractOf(schema))).workflows['w']?.input as Check

function issues(check: Check, value: unknown): string[] {
  return check(value) ? [] : issuesOf(check.errors, value).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

test('holds what the sandbox needs of a contract', () => {
  const manifest = evaluateManifest(manifestFiles(parcels))
  expect(manifest).toMatchObject({ contract: 'parcels', searchAttributes: { CustomKeywordField: 'keyword' } })
  expect(manifest.activities['weigh']).toMatchObject({
    errors: ['TooHeavy', 'ScaleBroken'],
    options: { startToCloseTimeout: 5000, scheduleToCloseTimeout: 60_000, heartbeatTimeout: 2000, retry: { initialInterval: 100, maximumAttempts: 3 } },
  })
  expect(Object.keys(manifest.workflows['send'] ?? {})).toEqual(['input', 'output', 'errors', 'signals', 'queries', 'updates'])
})

test('fills defaults into what is received, and not into what is sent', () => {
  const { workflows, activities } = evaluateManifest(manifestFiles(parcels))
  const received = { to: 'a@b.example', parcels: [{ sku: 'x' }] }
  expect(workflows['send']?.input(received)).toBe(true)
  expect(received).toEqual({ to: 'a@b.example', mode: 'normal', parcels: [{ sku: 'x', quantity: 1 }] })
  const sent = { parcels: [{ sku: 'x' }] }
  expect(activities['weigh']?.input(sent)).toBe(true)
  expect(sent).toEqual({ parcels: [{ sku: 'x' }] })
})

test.each<[string, AnySchema, unknown, string[]]>([
  ['type', z.string(), 1, [': must be string']],
  ['nothing at all', z.object({}), undefined, [': must be object']],
  ['required', z.object({ a: z.object({ b: z.string() }) }), { a: {} }, ['a.b: is required']],
  ['index', z.object({ a: z.array(z.int()) }), { a: [1, 'x'] }, ['a.1: must be integer']],
  ['minimum', z.int().min(1), 0, [': must be >= 1']],
  ['exclusive minimum', z.number().positive(), 0, [': must be > 0']],
  ['multiple', z.number().multipleOf(5), 7, [': must be multiple of 5']],
  ['length', z.string().min(2), 'a', [': must NOT have fewer than 2 characters']],
  ['pattern', z.string().regex(/^[A-Z]{3}$/), 'eur', [': must match pattern "^[A-Z]{3}$"']],
  ['items', z.array(z.int()).max(1), [1, 2], [': must NOT have more than 1 items']],
  ['enum', z.enum(['a', 'b']), 'c', [': must be one of ["a","b"]']],
  ['literal', z.literal('a'), 'b', [': must be equal to constant']],
  ['unknown key', z.strictObject({ a: z.int() }), { a: 1, b: 2 }, ['b: is not known']],
  ['date and time', z.iso.datetime(), 'yesterday', [': does not have the right form']],
  ['email', z.email(), 'nobody', [': does not have the right form']],
  ['url', z.url(), 'nowhere', [': must match pattern "^[A-Za-z][A-Za-z0-9+.-]*:"']],
  ['every problem', z.object({ a: z.int(), b: z.int() }), { a: 'x' }, ['b: is required', 'a: must be integer']],
  ['a key with a slash', z.object({ 'a/b~c': z.int() }), { 'a/b~c': 'x' }, ['a/b~c: must be integer']],
])('refuses by the rule: %s', (_, schema, value, expected) => {
  const check = inputCheck(schema)
  expect(issues(check, value)).toEqual(expected)
})

test('checks a format that has no pattern beside it', () => {
  const described = {
    '~standard': {
      ...z.string()['~standard'],
      jsonSchema: { input: () => ({ type: 'string', format: 'date' }), output: () => ({ type: 'string', format: 'date' }) },
    },
  }
  expect(issues(inputCheck(described as unknown as AnySchema), '2026-13-01')).toEqual([': must match format "date"'])
})

const tree = z.object({
  name: z.string(),
  size: z.int().default(1),
  get children() {
    return z.array(tree)
  },
})

test('checks a recursive schema at every depth, and fills its defaults there', () => {
  const check = inputCheck(tree)
  const value = { name: 'a', children: [{ name: 'b', children: [{ name: 'c', children: [] }] }] }
  expect(check(value)).toBe(true)
  expect(value).toMatchObject({ size: 1, children: [{ size: 1, children: [{ size: 1 }] }] })
  const wrong = { name: 'a', children: [{ name: 'b', children: [{ name: 1, children: [] }] }] }
  expect(issues(check, wrong)).toEqual(['children.0.children.0.name: must be string'])
})

test('a named schema in a union may have defaults where it is used outside of it, too', () => {
  const named = z.object({ a: z.int().default(1) }).meta({ id: 'UsedTwice' })
  expect(inputCheck(z.object({ one: named, many: z.array(named) }))({ one: {}, many: [{}] })).toBe(true)
  expect(() => inputCheck(z.object({ one: named, either: z.union([named, z.string()]) }))).toThrow('$defs.UsedTwice.properties.a')
})

test.each<[string, AnySchema, unknown]>([
  ['a property named id', z.object({ id: z.string() }).meta({ id: 'Thing', title: 'A thing' }), { id: 'x' }],
  ['a property named default', z.object({ default: z.string(), properties: z.int() }), { default: 'x', properties: 1 }],
  ['a date and time', z.iso.datetime(), '2026-01-02T03:04:05.678Z'],
  ['an address as browsers read it', z.url(), 'http://bücher.example/ä b'],
  ['a uuid', z.uuid(), '6f1c2a7e-5b1e-4c7a-9a53-3f0d7a2a4b11'],
  ['a format that Ajv does not know', z.cuid2(), 'tz4a98xxat96iws9zmbrgj3a'],
  [
    'a property called as a branch is, with a default',
    z.object({ else: z.object({ a: z.int().default(1) }), not: z.object({ a: z.int().default(1) }) }),
    { else: {}, not: {} },
  ],
  ['items whose named schema has a default, since an item is never absent', z.array(z.string().default('x').meta({ id: 'Item' })), []],
  ['a named schema that has a default where it is used', z.object({ a: z.string().meta({ id: 'UsedWithDefault' }).default('x') }), {}],
  ['recursion', tree, { name: 'a', children: [{ name: 'b', children: [{ name: 'c', children: [] }] }] }],
  ['a nullable with a default', z.object({ a: z.string().nullable().default(null) }), {}],
])('accepts %s', (_, schema, value) => {
  expect(issues(inputCheck(schema), value)).toEqual([])
})

test('changes its hash with the contract, and only then', () => {
  const hash = manifestHash(contractOf(z.object({ a: z.int() })))
  expect(manifestHash(contractOf(z.object({ a: z.int() })))).toBe(hash)
  expect(manifestHash(contractOf(z.object({ a: z.string() })))).not.toBe(hash)
})

test('equal schemas share a validator in each direction', () => {
  const { workflows } = evaluateManifest(manifestFiles(parcels))
  const { signals, updates, input } = workflows['send']!
  expect(updates['add']?.input).not.toBe(input)
  const parcel = () => z.object({ sku: z.string() })
  const shared = evaluateManifest(
    manifestFiles({ ...contractOf(parcel(), parcel()), activities: { a: { ...parcels.activities.weigh, input: parcel(), output: parcel() } } }),
  )
  const { w } = shared.workflows
  expect(shared.activities['a']?.input).toBe(w?.output)
  expect(shared.activities['a']?.output).toBe(w?.input)
  expect(w?.input).not.toBe(w?.output)
  expect(signals['go']?.input).not.toBe(signals['refuse']?.input)
})
