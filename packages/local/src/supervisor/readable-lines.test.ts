import { expect, test } from 'vitest'
import { readableLines } from './readable-lines.ts'

const entry = { level: 'fatal', time: '2026-11-24T09:00:00.000Z', pid: 1, hostname: 'here', name: 'check' }

test('shows the message of our own programs, line by line, with what belongs to it', () => {
  expect(readableLines(JSON.stringify({ ...entry, msg: 'two problems:\n- one\n- two' }))).toEqual(['two problems:', '- one', '- two'])
  expect(readableLines(JSON.stringify({ ...entry, reason: 'refused', tries: 2, msg: 'not yet' }))).toEqual(['not yet (reason: refused, tries: 2)'])
})

test.each(['plain text', '{"level":"error","msg":"of another program"}', JSON.stringify({ ...entry, msg: 'crashed', err: { stack: 'at' } }), '[1]', 'null'])(
  'leaves %s as it is',
  (line) => {
    expect(readableLines(line)).toEqual([line])
  },
)
