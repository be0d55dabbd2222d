import { z } from 'zod'
import { defineContract } from '../define.ts'

const node = z.object({
  name: z.string(),
  get children() {
    return z.array(node)
  },
})

/** A contract with what is hard to write as TypeScript. */
export const odd = defineContract({
  name: 'odd-things',
  taskQueue: 'odd',
  searchAttributes: { OddLevel: 'int', OddKind: 'keyword', OddAt: 'datetime', IsOdd: 'bool' },
  workflows: {
    'do-it': {
      description: 'Does it */ well',
      input: z.object({
        'a-b': z.string().optional().describe('With a */ in it'),
        pair: z.tuple([z.string(), z.int()]).default(['x', 1]),
        shape: z.discriminatedUnion('kind', [z.object({ kind: z.literal('circle'), r: z.number() }), z.object({ kind: z.literal("'square'"), a: z.number() })]),
        maybe: z.string().nullable(),
        mixed: z.array(z.union([z.string(), z.number(), z.object({ deep: z.array(z.array(z.boolean())) })])),
        byName: z.record(z.string(), z.object({ n: z.int() })),
        any: z.unknown(),
        tree: node,
        merged: z.intersection(z.object({ a: z.int() }), z.object({ b: z.union([z.int(), z.string()]) })),
      }),
      output: node,
      idempotency: 'once-per-id',
      errors: { TooOdd: { data: z.object({ level: z.int() }), httpStatus: 409 }, ApiError: {}, Workflow: {}, Busy: { retryable: true } },
      signals: { go: { input: z.object({}), withStart: true }, stop: { input: z.object({}) } },
      queries: { 'how-far': { output: z.int() }, line: { input: z.int(), output: z.string().nullable() } },
      updates: {
        'change-it': { description: 'Changes it', input: z.object({ to: z.enum(['a', 'b']) }), output: z.object({ was: z.enum(['a', 'b']) }), withStart: true },
      },
      http: { progress: 'how-far' },
      access: { start: 'a:b', read: 'a:b', signal: 'a:b', update: 'a:b', cancel: 'a:b', terminate: 'a:b', reset: 'a:b' },
    },
    again: {
      description: 'The same error with other data',
      input: z.string(),
      output: z.object({}),
      idempotency: 'once-per-id',
      errors: { TooOdd: {}, Busy: { retryable: true } },
      signals: { go: { input: z.object({}) } },
      access: { start: 'a:b' },
    },
    hidden: {
      description: 'Only code starts it',
      input: z.object({}),
      output: z.object({}),
      idempotency: 'once-per-id',
      http: false,
      access: { start: 'a:b' },
    },
  },
  activities: {},
  schedules: {
    'each-night': { description: 'Again, each night', workflow: 'again', input: 'x', cron: '@daily' },
    'each-hour': { description: 'Unseen', workflow: 'hidden', input: {}, every: '1h' },
  },
})
