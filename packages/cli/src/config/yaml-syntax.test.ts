import { DiagnosticsError } from '@sundial/platform'
import { expect, test } from 'vitest'
import { readYaml } from './read-yaml.ts'

function problems(text: string): string[] {
  try {
    readYaml({ text, file: 'sundial.config.yaml' })
  } catch (error) {
    if (!(error instanceof DiagnosticsError) || error.code !== 'SUN_CONFIG_UNREADABLE') throw error
    return error.diagnostics.map(({ message, location }) => `${location?.line}:${location?.column} ${message}`)
  }
  return []
}

test.each<[what: string, text: string, expected: readonly string[]]>([
  ['a key twice', 'name: x\nwebUi: {}\nname: y\n', ['3:1 the key "name" is written twice; first in line 1']],
  [
    'keys twice, in two places',
    'name: x\nname: y\nwebUi:\n  port: 1\n  port: 2\n',
    ['2:1 the key "name" is written twice; first in line 1', '5:3 the key "port" is written twice; first in line 4'],
  ],
  ['a tab', 'webUi:\n\tport: 1\n', ['2:1 a tab indents this line; YAML takes spaces only']],
  ['a second document', 'name: x\n---\nname: y\n', ['2:1 a second document begins here; a configuration is one document']],
  ['an open quote', 'name: "x\nwebUi: {}\n', ['1:7 this " is never closed']],
  ['an open bracket', 'name: x\nscopes: [a\n', ['2:9 this [ is never closed']],
  ['an open brace', 'name: x\nwebUi: {port: {}\n', ['2:8 this { is never closed']],
  ['two colons', 'name: a: b\n', ['1:7 a second key begins in this line; the line below may be indented too far, and text that has a colon needs quotes']],
  ['no colon', 'name: x\nwebUi\nidentity: {}\n', ['2:1 this is not a key with its colon, nor part of a value; is a colon missing?']],
  ['no colon at first', 'name x\nwebUi: {}\n  port: 1\n', ['1:1 this is not a key with its colon, nor part of a value; is a colon missing?']],
  ['a crooked line', 'webUi:\n   port: 1\n  enabled: true\n', ['3:1 is not indented as what stands around it']],
  ['a bare sign', 'name: `x`\n', ['1:7 text that begins with ` needs quotes']],
  ['nothing', '', ['1:1 has no settings; the least is "name: …"']],
  ['comments', '# name: x\n', ['1:1 has no settings; the least is "name: …"']],
  ['a list', '- name: x\n', ['1:1 must be a mapping, with "name: …" at its root']],
  ['old YAML', '%YAML 1.1\n---\nenabled: yes\n', ['1:1 must be YAML 1.2']],
])('says where YAML is broken, and how: %s', (_, text, expected) => expect(problems(text)).toEqual(expected))

test('shows the line, with a mark below the place', () => {
  const read = () => readYaml({ text: 'name: x\nwebUi:\n  port: 1\n  port: 2\n', file: 'sundial.config.yaml' })
  expect(read).toThrow(
    [
      'sundial.config.yaml has 1 problem:',
      '',
      '  sundial.config.yaml:4:3',
      '    the key "port" is written twice; first in line 3',
      '',
      '    3 |   port: 1',
      '    4 |   port: 2',
      '      |   ^',
    ].join('\n'),
  )
})
