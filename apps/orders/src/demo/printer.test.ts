import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createPrinter } from './printer.ts'

function print(isTTY: boolean, env: NodeJS.ProcessEnv): string {
  const out = Object.assign(new PassThrough(), { isTTY })
  const printer = createPrinter(out as unknown as NodeJS.WriteStream, env)
  printer.title('Order demo')
  printer.step('done', 12.4, 'accepted')
  printer.step('waiting', 1234, 'waits')
  printer.end(true, 'Fulfilled')
  return String(out.read())
}

const PLAIN = 'Order demo\n ✔    12 ms  accepted\n …  1234 ms  waits\nFulfilled\n'

test('no colours in a file, or when NO_COLOR is set', () => {
  expect(print(false, {})).toBe(PLAIN)
  expect(print(true, { NO_COLOR: '1' })).toBe(PLAIN)
})

test('colours on a terminal', () => {
  expect(print(true, {})).toContain('\u001B[32m✔\u001B[0m')
})
