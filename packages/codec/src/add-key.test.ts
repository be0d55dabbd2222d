import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { addKey } from './add-key.ts'
import { readKeysSync } from './key-files.ts'

function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'add-key-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}
const key = Buffer.alloc(32, 7).toString('base64')

test.each<[string, string[], string, string]>([
  ['the next number', ['1'], '1', '2'],
  ['also where it has one digit more', ['8', '9', '2'], '9', '10'],
  ['a number after a name', ['2026-key', '2026-key9'], '2026-key9', '2026-key10'],
  ['a number where there is none', ['first'], 'first', 'first2'],
])('a key is added that comes last: %s', (_, ids, previous, id) => {
  const folder = folderOf(Object.fromEntries(ids.map((each) => [each, key])))
  expect(addKey(folder)).toEqual({ id, previous })
  const { set } = readKeysSync(folder)
  expect({ current: set?.current, keys: [...(set?.keys.keys() ?? [])].toSorted() }).toEqual({ current: id, keys: [...ids, id].toSorted() })
  expect(readdirSync(folder)).toHaveLength(ids.length + 1)
  expect(readFileSync(join(folder, id), 'utf8')).not.toContain(key)
  expect(statSync(join(folder, id)).mode & 0o777).toBe(0o600)
})

test('where a file names the key that encrypts, it names the new one then', () => {
  const folder = folderOf({ 1: key, 2: key, current: '1' })
  expect(addKey(folder)).toEqual({ id: '3', previous: '1' })
  expect(readKeysSync(folder).set?.current).toBe('3')
})

test('a folder that cannot be used is left as it is', () => {
  const folder = folderOf({ 1: 'short' })
  expect(() => addKey(folder)).toThrow(`the keys in ${folder} cannot be used: the key 1 has 3 bytes`)
  expect(readdirSync(folder)).toEqual(['1'])
})
