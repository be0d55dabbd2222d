import { expect, test } from 'vitest'
import { readYaml } from './read-yaml.ts'

const read = (text: string) => readYaml({ text, file: 'sundial.config.yaml' })

test('gives what YAML 1.2 says: yes is text, and a key may be anything that is text', () => {
  const { value, problems } = read('name: yes\nversions: {postgresql: "15", temporal: 1.32}\nlist:\n  - true\n  - 0x10\n  -\n__proto__: {a: 1}\n443: x\n')
  expect(problems).toEqual([])
  expect(JSON.stringify(value)).toBe('{"443":"x","name":"yes","versions":{"postgresql":"15","temporal":1.32},"list":[true,16,null],"__proto__":{"a":1}}')
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
})

test.each<[what: string, text: string, path: string, message: string]>([
  ['an alias', 'a: 1\nb: *a\n', 'b', 'is an alias, *a'],
  ['an anchor', 'a: &x 1\n', 'a', 'has an anchor, &x'],
  ['an anchor on a mapping', 'a: &x\n  b: 1\n', 'a', 'has an anchor, &x'],
  ['a merge', 'a: {<<: *x}\n', 'a["<<"]', 'is an alias, *x'],
  ['a tag', 'a: [!!str 1]\n', 'a[0]', 'has a tag, tag:yaml.org,2002:str'],
  ['a tag on a mapping', 'a: !env {b: 1}\n', 'a', 'has a tag, !env'],
  ['a variable', 'a:\n  b: x-${HOME}\n', 'a.b', 'has "${": nothing is put into text here'],
  ['a key that is a list', '? [a]\n: 1\n', '', 'has a key that is not text'],
  ['a key that is nothing', 'a: {: 1}\n', 'a', 'has a key that is not text'],
])('refuses %s, with what to do instead', (_, text, path, message) => {
  expect(read(text).problems).toEqual([{ path, message, hint: expect.any(String) }])
})
