import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProcessFile } from '@sundial/platform/process'
import { parse } from 'yaml'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'
import { materialise, materialiseText } from './materialise.ts'
import { writeConfigFile } from './write-config-file.ts'

const readSecret = ({ name, key }: { name: string; key: string }) => `<${name}/${key}>`
const password = { secret: { name: 'db', key: 'password' } }

async function written(file: Omit<ProcessFile, 'path'>): Promise<string> {
  const path = join(await temporaryFolder(), 'config', 'file')
  await writeConfigFile({ ...file, path }, readSecret)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  return readFile(path, 'utf8')
}

test('puts secrets in at any depth, and leaves out what has no value', () => {
  expect(materialise({ a: [password, 1, null], b: { c: password, d: undefined }, e: false }, readSecret)).toEqual({
    a: ['<db/password>', 1, null],
    b: { c: '<db/password>' },
    e: false,
  })
  expect(materialiseText(password, readSecret)).toBe('<db/password>')
  expect(materialiseText('plain', readSecret)).toBe('plain')
})

test.each([{ secret: 'text' }, { secret: { name: 'a' } }, { secret: { name: 'a', key: 'b', more: 'c' } }, { secret: { name: 'a', key: 'b' }, other: 1 }])(
  '%j is a setting of a program, not a secret',
  (tree) => {
    expect(materialise(tree, readSecret)).toEqual(tree)
  },
)

test('writes YAML that parsers of 1.1 and 1.2 read alike', async () => {
  const content = {
    on: 'yes',
    octal: '012',
    float: '1e3',
    thousand: '1_000',
    colon: 'a: b',
    lines: 'a\nb\n',
    template: '{{ .x }}',
    long: 'x '.repeat(100),
    number: 5,
    list: [password, password],
  }
  const text = await written({ format: 'yaml', content })
  const expected = { ...content, list: ['<db/password>', '<db/password>'] }
  expect(parse(text, { version: '1.2' })).toEqual(expected)
  expect(parse(text.replace('on:', '"on":'), { version: '1.1' })).toEqual(expected)
})

test('writes JSON', async () => {
  expect(JSON.parse(await written({ format: 'json', content: { password } }))).toEqual({ password: '<db/password>' })
})

test('writes lines', async () => {
  expect(await written({ format: 'lines', content: ['level = warn', password, 5] })).toBe('level = warn\n<db/password>\n5\n')
})

test('replaces a file, and closes one that others could read', async () => {
  const path = join(await temporaryFolder(), 'file')
  await writeFile(path, 'old', { mode: 0o644 })
  await writeConfigFile({ path, format: 'json', content: 'new' }, readSecret)
  expect(await readFile(path, 'utf8')).toBe('"new"\n')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})
