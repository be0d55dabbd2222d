import { expect, test } from 'vitest'
import { z } from 'zod'
import type { AnySchema } from '../contract.ts'
import { defineContract } from '../define.ts'
import { problemsOf } from './problems.fixture.ts'

const tree = z.object({
  name: z.string(),
  size: z.int().default(1),
  get children() {
    return z.array(tree)
  },
})

test.each<[string, AnySchema, string]>([
  [
    'in a union of named schemas',
    z.object({ u: z.union([z.object({ a: z.int().default(1) }).meta({ id: 'LostA' }), z.object({ b: z.int() }).meta({ id: 'LostB' })]) }),
    '$defs.LostA.properties.a',
  ],
  [
    'deeper in a union of named schemas',
    z.union([z.object({ list: z.array(z.object({ a: z.int().default(1) }).meta({ id: 'LostItem' })) }), z.object({ b: z.int() })]),
    '$defs.LostItem.properties.a',
  ],
  ['inside a named schema', z.object({ a: z.string().default('x').meta({ id: 'LostName' }) }), '$defs.LostName'],
  ['in a recursive schema that is part of a union', z.union([tree, z.string()]), '$defs.__schema0.properties.size'],
  ['in a property called as a keyword is, in a union', z.union([z.object({ else: z.int().default(1) }), z.string()]), 'anyOf.0.properties.else'],
])('refuses a default that would be lost: %s', (_, schema, place) => {
  expect(problemsOf({}, { input: schema })).toEqual([expect.stringContaining(`workflows.w.input: the default at ${place} cannot be filled`)])
})

test('names every schema that the sandbox cannot check, and why', () => {
  const define = () =>
    defineContract({
      name: 'c',
      taskQueue: 'c',
      workflows: {
        w: {
          description: '',
          input: z.object({ at: z.string().transform((text) => new Date(text)) }),
          output: z.string().transform(Number),
          idempotency: 'once-per-id',
          signals: {
            piped: { input: z.object({ n: z.string().pipe(z.coerce.number()) }) },
            root: { input: z.object({}).default({}) },
            refined: { input: z.object({}).refine(() => true) },
          },
          queries: { counted: { output: z.object({ n: z.string().transform(Number) }) }, defaulted: { output: z.object({ n: z.int().default(1) }) } },
          errors: { Odd: { data: z.object({ n: z.coerce.number() }) } },
          updates: { branch: { input: z.union([z.object({ a: z.int().default(1) }), z.object({ b: z.int() })]), output: z.date() } },
          access: {},
        },
      },
      // An activity has the contract at hand: it may transform what it gets.
      activities: {
        a: { description: '', input: z.string().transform(Number), output: z.object({}), startToCloseTimeout: '1s', scheduleToCloseTimeout: '1m' },
      },
    })
  expect(define).toThrowErrorMatchingInlineSnapshot(`
    [ContractError: contract "c" has 7 problems:
      - workflows.w.input: it transforms or coerces values, which cannot run in the workflow sandbox; receive the plain value and convert it in the workflow
      - workflows.w.output: it transforms or coerces values, which callers in other languages could not do; return the value as callers are to get it
      - workflows.w.signals.piped.input: it transforms or coerces values, which cannot run in the workflow sandbox; receive the plain value and convert it in the workflow
      - workflows.w.signals.root.input: the default at its root cannot be filled in the workflow sandbox; give defaults only to properties of an object that is not part of a union, and to a named schema only where it is used
      - workflows.w.queries.counted.output: it transforms or coerces values, which callers in other languages could not do; return the value as callers are to get it
      - workflows.w.updates.branch.input: the default at anyOf.0.properties.a cannot be filled in the workflow sandbox; give defaults only to properties of an object that is not part of a union, and to a named schema only where it is used
      - workflows.w.updates.branch.output: it cannot be written as JSON Schema, which is what the workflow sandbox checks (Date cannot be represented in JSON Schema)]
  `)
})

test('the same schema in two versions of an error is told', () => {
  const data = z.object({ limit: z.int() })
  const activity = { description: '', input: z.object({}), output: z.object({}), startToCloseTimeout: '1s', scheduleToCloseTimeout: '1m' } as const
  const problems = (ofActivity: object) =>
    problemsOf({ activities: { a: { ...activity, errors: { TooHeavy: ofActivity } } } }, { errors: { TooHeavy: { data } } })
  expect(problems({ data: z.object({ limit: z.int() }), httpStatus: 409 })).toEqual([])
  expect(problems({ data, retryable: true })).toEqual([
    expect.stringContaining('workflows.w.errors.TooHeavy.retryable: differs from that of activities.a.errors.TooHeavy'),
  ])
  expect(problems({ data: z.object({ limit: z.string() }) })).toEqual([expect.stringContaining('workflows.w.errors.TooHeavy.data: differs from')])
  expect(problems({})).toEqual([expect.stringContaining('workflows.w.errors.TooHeavy.data: differs from')])
})

test.each<[string, unknown, string]>([
  ['nothing', undefined, 'is not set; write a schema'],
  ['a JSON Schema', { type: 'object' }, 'is no schema; take one of a library that knows Standard Schema'],
  [
    'one that cannot describe itself',
    { '~standard': { vendor: 'valibot', version: 1, validate: (value: unknown) => ({ value }) } },
    'its library (valibot) does not say',
  ],
])('refuses in the place of a schema: %s', (_, schema, message) => {
  const problems = problemsOf({}, { input: schema as AnySchema, signals: { go: { input: schema as AnySchema } } })
  expect(problems).toEqual([expect.stringContaining(`workflows.w.input: ${message}`), expect.stringContaining(`workflows.w.signals.go.input: ${message}`)])
})
