import { expect, test } from 'vitest'
import { parseLogLine } from './log-line.ts'

test.each([
  [
    'ours',
    '{"level":"info","time":"2026-11-24T08:51:00.863Z","pid":1,"hostname":"vm","name":"orders-worker","taskQueue":"orders","msg":"polling"}',
    { level: 'info', message: 'polling', fields: { taskQueue: 'orders' } },
  ],
  [
    'one of an activity',
    '{"level":"warn","sdkComponent":"activity","attempt":2,"input":{"a":1},"msg":"slow"}',
    { level: 'warn', message: 'slow', fields: { attempt: '2', input: '{"a":1}' }, source: 'activity' },
  ],
  [
    'an error with its stack',
    '{"level":"error","err":{"message":"no","stack":"Error: no\\n    at x.ts:1"},"msg":"failed"}',
    { level: 'error', message: 'failed', fields: { error: 'no' }, stack: 'Error: no\n    at x.ts:1' },
  ],
  [
    'of Temporal',
    '{"level":"fatal","ts":"2026","msg":"cannot listen","error":"in use","logging-call-at":"x.go:1"}',
    { level: 'error', message: 'cannot listen', fields: { error: 'in use' } },
  ],
  ['with levels as numbers', '{"level":40,"msg":"denied"}', { level: 'warn', message: 'denied', fields: {} }],
  [
    'of PostgreSQL',
    '2026-11-24 09:00:00.123 UTC [12] FATAL:  the database system is starting up',
    { level: 'error', message: 'the database system is starting up', fields: {} },
  ],
  [
    'of PostgreSQL that is only told',
    '2026-11-24 09:00:00.123 UTC [12] LOG:  checkpoint starting: time',
    { level: 'info', message: 'checkpoint starting: time', fields: {} },
  ],
  ['of no form', '{ not JSON', { level: 'info', message: '{ not JSON', fields: {} }],
])('a line %s', (_, line, expected) => {
  expect(parseLogLine(line)).toEqual(expected)
})
