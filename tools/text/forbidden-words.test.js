import { expect, test } from 'vitest'
import { findForbiddenWords, RULES } from './forbidden-words.js'

/** @param {string} path @param {string} text */
const find = (path, text) => findForbiddenWords(new Map([[path, text]]), ['/srv/checkout'])
const [MACHINE, REGISTRY, LATER, SWITCHED_OFF, SKIPPED, TYPE_ERROR] = RULES.map(({ name }) => name)

test.each([
  [MACHINE, 'a.md', 'see /home/ann/notes'],
  [MACHINE, 'a.ts', `const x = '/root/x'`],
  [MACHINE, 'a.yaml', 'path: /Users/ann/x'],
  [MACHINE, 'a.yaml', 'path: /work/x'],
  [MACHINE, 'a.yaml', 'path: /srv/checkout/x'],
  [REGISTRY, 'package-lock.json', '"resolved": "https://registry.packages.test/x/-/x-1.0.0.tgz"'],
  [REGISTRY, 'docs/a.md', 'GOPROXY=https://proxy.packages.test'],
  [LATER, 'a.ts', '// TODO: more'],
  [SWITCHED_OFF, 'a.ts', '// oxlint-disable-next-line no-console'],
  [SWITCHED_OFF, 'a.ts', '/* eslint-disable */'],
  [SKIPPED, 'a.test.ts', `test.skipIf(process.getuid?.() === 0)('may not read', () => {})`],
  [SKIPPED, 'a.test.ts', `describe.concurrent.skip('later', () => {})`],
  [SKIPPED, 'a.test.js', `it.todo('more')`],
  [TYPE_ERROR, 'a.ts', '// @ts-expect-error'],
])('%s: %s: %s', (name, path, line) => {
  expect(find(path, `first\n${line}`)).toEqual([`${path}:2: ${name}: ${line}`])
})

test.each([
  ['a.test.ts', `context.skip(process.getuid?.() === 0, 'root may read everything')`],
  ['a.ts', 'iterator.skip(1)'],
  ['a.md', 'https://example.com/home/ann and ../root/x and ./work/x, also <root>/home'],
  ['a.ts', `new URL('/work', base)`],
  ['a.ts', 'const TODOS = listTodos()'],
  ['a.ts', '// oxlint-disable-next-line no-console -- this is what the command prints'],
  ['a.ts', '// @ts-expect-error the name is misspelt on purpose'],
  ['CONTRIBUTING.md', 'write `oxlint-disable` with a reason'],
  ['docs/a.md', 'https://docs.packages.test/cli, https://registry.example.com'],
  ['deploy/a.yaml', 'image: registry.k8s.io/pause:3.10'],
])('lets %s have: %s', (path, line) => {
  expect(find(path, line)).toEqual([])
})
