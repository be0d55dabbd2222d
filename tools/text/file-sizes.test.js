import { expect, test } from 'vitest'
import { checkFileSizes, MAX_LINES } from './file-sizes.js'

const long = 'x\n'.repeat(MAX_LINES + 1)
/** @param {Record<string, string>} files @param {Record<string, string>} [longer] */
const check = (files, longer = {}) => checkFileSizes(new Map(Object.entries(files)), longer)

test('refuses a hand-written file above the limit, of any kind', () => {
  expect(check({ 'packages/a/src/b.ts': long, 'docs/how-to/c.md': long, 'packages/a/src/d.ts': 'x\n'.repeat(MAX_LINES) })).toEqual([
    'packages/a/src/b.ts has 301 lines, and 300 are allowed; split it, or give a reason in tools/text/file-sizes.js',
    'docs/how-to/c.md has 301 lines, and 300 are allowed; split it, or give a reason in tools/text/file-sizes.js',
  ])
})

test('takes a longer file with a reason, and refuses a reason that nothing needs', () => {
  expect(check({ 'a.ts': long }, { 'a.ts': 'one table' })).toEqual([])
  expect(check({ 'a.ts': 'x' }, { 'a.ts': 'one table', 'gone.ts': 'one table' })).toEqual([
    'a.ts is listed in tools/text/file-sizes.js as a longer file, and is not; take it out',
    'gone.ts is listed in tools/text/file-sizes.js as a longer file, and is not; take it out',
  ])
})

test.each([
  'package-lock.json',
  'deploy/base/a.yaml',
  'docs/reference/config.schema.json',
  'bench/results/a.md',
  'apps/orders/src/testing/histories/a.json',
  'packages/a/src/generated/b.ts',
])('does not count %s', (path) => {
  expect(check({ [path]: long })).toEqual([])
})
