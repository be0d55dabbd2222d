import { expect, test } from 'vitest'
import { terminalOf } from './terminal.ts'

const WINDOW = { isTTY: true, columns: 72 }
const PIPE = {}

test.each([
  ['a terminal', WINDOW, { TERM: 'xterm-256color' }, true],
  ['a terminal in continuous integration', WINDOW, { CI: 'true' }, true],
  ['a pipe', PIPE, {}, false],
  ['a pipe in continuous integration', PIPE, { CI: 'true' }, false],
  ['a dumb terminal', WINDOW, { TERM: 'dumb' }, false],
  ['NO_COLOR', WINDOW, { NO_COLOR: '1' }, false],
  ['an empty NO_COLOR', WINDOW, { NO_COLOR: '' }, true],
  ['FORCE_COLOR in a pipe', PIPE, { FORCE_COLOR: '1' }, true],
  ['FORCE_COLOR=0', WINDOW, { FORCE_COLOR: '0' }, false],
  ['NO_COLOR and FORCE_COLOR', WINDOW, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
])('colours: %s', (_, stream, env, expected) => {
  expect(terminalOf(stream, env).colors.isColorSupported).toBe(expected)
})

test('a line is taken back only on a terminal that can', () => {
  expect(terminalOf(WINDOW, { NO_COLOR: '1' }).live).toBe(true)
  expect(terminalOf(WINDOW, { TERM: 'dumb' }).live).toBe(false)
  expect(terminalOf(PIPE, {}).live).toBe(false)
})

test('a pipe is endlessly wide', () => {
  expect(terminalOf(WINDOW, {}).width).toBe(72)
  expect(terminalOf(PIPE, {}).width).toBe(Infinity)
})
