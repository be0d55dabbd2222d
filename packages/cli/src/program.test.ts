import type { Command } from 'commander'
import { test } from 'vitest'
import { createProgram } from './program.ts'
import type { Terminal } from './terminal.ts'
import { expectSheet } from './views/sheet.fixture.ts'

function helpOf(names: readonly string[], terminal: Terminal): string {
  let command: Command = createProgram({ out: terminal, error: terminal, run: () => Promise.resolve() })
  for (const name of names) command = command.commands.find((each) => each.name() === name)!
  let text = ''
  command.configureOutput({ writeOut: (part) => (text += part) })
  command.outputHelp()
  return text.trimEnd()
}

const terminal: Terminal = { width: 80, colors: { isColorSupported: false } as Terminal['colors'], live: false }
const names = (command: Command): string[][] => [[], ...command.commands.flatMap((each) => names(each).map((rest) => [each.name(), ...rest]))]
const all = names(createProgram({ out: terminal, error: terminal, run: () => Promise.resolve() }))

test.each(all.map((path) => [['sundial', ...path].join(' '), path] as const))('help of %s', async (name, path) => {
  await expectSheet(`help-${name.replaceAll(' ', '-')}`, (each) => helpOf(path, each), { piped: 80 })
})
