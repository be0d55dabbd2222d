import { expect, test } from 'vitest'
import { help, readArguments } from './arguments.ts'
import type { Drill } from './drill.ts'

const drill: Drill = { name: 'kills', summary: 'kills', options: { orders: { default: 10, what: 'how many' } }, run: () => Promise.resolve(true) }

test('takes a drill and its numbers', () => {
  expect(readArguments([drill], ['kills'])).toEqual({ drill, options: { orders: 10 } })
  expect(readArguments([drill], ['kills', '--orders', '5'])).toEqual({ drill, options: { orders: 5 } })
  expect([[], ['--help'], ['kills', '--help']].map((args) => readArguments([drill], args))).toEqual(['help', 'help', 'help'])
  expect(help([drill])).toContain('--orders <number>  how many (default 10)')
})

test.each([
  [['floods'], 'there is no drill "floods"; there are: kills'],
  [['kills', '--orders', 'many'], '--orders is "many"; write a whole number above 0'],
  [['kills', '--orders', '0'], '--orders is "0"; write a whole number above 0'],
  [['kills', '--order', '1'], "kills: Unknown option '--order'"],
])('%j is refused', (args, message) => {
  expect(() => readArguments([drill], args)).toThrow(message)
})
