import { expect, test } from 'vitest'
import { commandReference } from './command-reference.js'

const load = () => undefined

/** @param {Parameters<typeof commandReference>[0]} commands */
const sectionsOf = (commands) => {
  const text = commandReference(commands)
  return text.slice(text.indexOf('\n## ') + 1)
}

test('shows what a command takes, with its defaults and examples', () => {
  const options = [
    { flags: '-n, --lines <number>', description: 'how many', default: '50' },
    { flags: '--json', description: 'for programs' },
  ]
  expect(sectionsOf([{ name: 'logs [process]', summary: 'Show logs', options, examples: [['sundial logs', 'all of them']], load }])).toBe(
    [
      '## sundial logs [process]\n',
      'Show logs.\n',
      '- `-n, --lines <number>`: how many. Default: 50',
      '- `--json`: for programs\n',
      '```sh',
      '# all of them',
      'sundial logs',
      '```\n',
    ].join('\n'),
  )
})

test('prefers the description to the summary, and leaves out what is not there', () => {
  expect(sectionsOf([{ name: 'down', summary: 'Stop', description: 'Stop it, in order.', load }])).toBe('## sundial down\n\nStop it, in order.\n')
})

test('names a subcommand by its whole line, and has no section for what only groups', () => {
  expect(sectionsOf([{ name: 'config', summary: 'About it', subcommands: [{ name: 'schema', summary: 'Print it', load }] }])).toBe(
    '## sundial config schema\n\nPrint it.\n',
  )
})
