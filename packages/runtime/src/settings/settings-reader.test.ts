import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { SettingsError } from './settings-error.ts'
import { SettingsReader } from './settings-reader.ts'

const folder = mkdtempSync(join(tmpdir(), 'settings-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = (name: string, content: string) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

function problems(env: NodeJS.ProcessEnv, read: (reader: SettingsReader) => unknown): readonly string[] {
  const reader = new SettingsReader(env)
  read(reader)
  try {
    reader.finish()
    return []
  } catch (error) {
    return (error as SettingsError).problems
  }
}

test.each([
  ['1.2.3.4:80', { host: '1.2.3.4', port: 80 }],
  ['[::1]:0', { host: '::1', port: 0 }],
  ['frontend.temporal.svc:7233', { host: 'frontend.temporal.svc', port: 7233 }],
])('reads the address %s', (value, expected) => {
  const reader = new SettingsReader({ A: value })
  expect(reader.address('A')).toEqual(expected)
  reader.finish()
})

test.each([['localhost'], ['localhost:'], ['localhost:65536'], ['::1:80'], [':80'], ['http://x:80']])('refuses the address %s', (value) => {
  expect(problems({ A: value }, (r) => r.address('A'))).toEqual([`A is "${value}"; write host:port, such as 127.0.0.1:7233`])
})

test.each([
  ['3', { min: 1, max: 5 }, []],
  ['6', { min: 1, max: 5 }, ['N is "6"; write a number from 1 to 5']],
  ['0', { min: 1 }, ['N is "0"; write a number, at least 1']],
  ['9', { max: 8 }, ['N is "9"; write a number, at most 8']],
  ['x', {}, ['N is "x"; write a number']],
  [undefined, { default: 1 }, []],
  [undefined, {}, ['N is not set; write a number']],
])('a number %s within %j', (value, range, expected) => {
  expect(problems({ N: value }, (r) => r.number('N', range))).toEqual(expected)
})

test.each([
  ['true', true],
  ['0', false],
  ['', undefined],
])('a flag %s', (value, expected) => {
  expect(new SettingsReader({ F: value }).flag('F')).toBe(expected)
})

test('reads a file without the white space at its ends', () => {
  const reader = new SettingsReader({ F: path('good', ' s3cret\n') })
  expect(reader.file('F')).toBe('s3cret')
  reader.finish()
})

test('reports every problem at once, and no content of a file', () => {
  const empty = path('empty', '\n')
  const found = problems({ BLANK: ' ', EMPTY: empty, GONE: '/nowhere/x', FLAG: 'perhaps' }, (reader) => {
    reader.text('MISSING')
    reader.text('BLANK')
    reader.file('EMPTY')
    reader.file('GONE')
    reader.flag('FLAG')
  })
  expect(found).toEqual([
    'MISSING is not set',
    'BLANK is not set',
    `EMPTY names ${empty}, which is empty`,
    'GONE names /nowhere/x, which cannot be read (ENOENT); check the path and its permissions',
    'FLAG is "perhaps"; write true or false',
  ])
  expect(new SettingsError(found).message).toMatch(/^5 settings are wrong:\n {2}- MISSING is not set\n/)
})

test.each([['https://id.example/realm/'], ['http://127.0.0.1:9000']])('reads the URL %s as it is written', (value) => {
  const reader = new SettingsReader({ U: value })
  expect(reader.url('U')).toBe(value)
  reader.finish()
})

test.each([['id.example'], ['ftp://id.example'], ['https://'], ['file:///etc/passwd']])('refuses the URL %s', (value) => {
  expect(problems({ U: value }, (r) => r.url('U'))).toEqual([`U is "${value}"; write an http or https URL`])
})

test('reports what two readers of a variable miss once', () => {
  expect(problems({}, (r) => [r.url('U'), r.text('U')])).toEqual(['U is not set'])
})

test('reports a wrong LOG_LEVEL with everything else', () => {
  const levels = 'trace, debug, info, warn, error, fatal, silent'
  expect(problems({ LOG_LEVEL: 'loud' }, (r) => r.text('T'))).toEqual(['T is not set', `LOG_LEVEL is "loud"; write one of ${levels}`])
  expect(problems({ LOG_LEVEL: ' debug ' }, () => {})).toEqual([])
  expect(problems({ LOG_LEVEL: '' }, () => {})).toEqual([])
})

test('says when a file may not be read', (context) => {
  context.skip(process.getuid?.() === 0, 'root may read every file')
  const locked = path('locked', 'x')
  chmodSync(locked, 0)
  expect(problems({ F: locked }, (r) => r.file('F'))).toEqual([`F names ${locked}, which cannot be read (EACCES); check the path and its permissions`])
})
