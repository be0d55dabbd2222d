import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { fingerprint } from './build.js'

/** A tree with one project that was built. */
function tree() {
  const root = mkdtempSync(join(tmpdir(), 'build-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  /** @param {string} path @param {string} [content] */
  const write = (path, content = '') => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  for (const path of ['tsconfig.build.json', 'packages/a/package.json', 'packages/a/tsconfig.json', 'packages/a/src/deep/b.ts']) write(path)
  write('packages/a/dist/.tsbuildinfo')
  return { root, write }
}

test('is the same while nothing changes', () => {
  const { root } = tree()
  expect(fingerprint(root)).toBe(fingerprint(root))
})

test.each([
  ['a file that has other content', (/** @type {ReturnType<typeof tree>} */ { write }) => write('packages/a/src/deep/b.ts', 'x')],
  ['a new file', ({ write }) => write('packages/a/src/deep/c.ts')],
  ['a file that is gone', ({ root }) => rmSync(join(root, 'packages/a/src/deep/b.ts'))],
  ['a file of the same size, written later', ({ root }) => utimesSync(join(root, 'packages/a/src/deep/b.ts'), 1, 1)],
  ['other settings of the compiler', ({ write }) => write('packages/a/tsconfig.json', '{}')],
  ['other output', ({ write }) => write('packages/a/dist/.tsbuildinfo', 'x')],
  ['a new project', ({ write }) => ['apps/b/src/x.ts', 'apps/b/dist/.tsbuildinfo'].forEach((path) => write(path))],
])('changes with %s', (_, change) => {
  const one = tree()
  const before = fingerprint(one.root)
  change(one)
  expect(fingerprint(one.root)).not.toBe(before)
})

test('there is none where something was never built', () => {
  const { root, write } = tree()
  write('apps/b/src/x.ts')
  expect(fingerprint(root)).toBeUndefined()
})
