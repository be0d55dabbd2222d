import { expect, inject, test } from 'vitest'
import { sundial } from '../support/command.ts'
import { onTerminal } from '../support/terminal.ts'

const stateRoot = inject('stateRoot')
const NO_SCRIPT = 'the program script of this system takes other arguments'
// oxlint-disable-next-line no-control-regex -- colours are what it looks for
const COLOUR = /\u001B\[\d+m/g

test.for([60, 80])('status fits a terminal of %i columns, in colours', async (columns, context) => {
  context.skip(process.platform !== 'linux', NO_SCRIPT)
  const coloured = await onTerminal(['status'], { stateRoot, columns })
  const lines = coloured.map((line) => line.replaceAll(COLOUR, ''))
  expect(coloured[0]).toMatch(COLOUR)
  expect(lines[0]).toMatch(/^● ready · started .* ago · process \d+$/)
  expect(lines.join('\n')).toMatch(/^temporal-history +ready +\d+/m)
  // A path is left whole, for those who copy it.
  const isBroken = (line: string): boolean => line.length > columns && !/^ *(cat )?\S+$/.test(line)
  expect(lines.filter((line) => isBroken(line) || line !== line.trimEnd())).toEqual([])
})

test('a dumb terminal gets text only', async (context) => {
  context.skip(process.platform !== 'linux', NO_SCRIPT)
  const lines = await onTerminal(['status'], { stateRoot, columns: 80, env: { TERM: 'dumb' } })
  expect(lines.join('\n')).not.toContain('\u001B')
})

test('a pipe gets text only, in continuous integration too, and lines as long as they are', async () => {
  const { stdout } = await sundial(['status'], { stateRoot, env: { NO_COLOR: '', FORCE_COLOR: '', CI: 'true' } })
  expect(stdout).not.toContain('\u001B')
  expect(stdout).toMatch(/^temporal-frontend +ready +\d+ .*grpc \d+, membership \d+, http \d+, metrics \d+$/m)
})
