import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readSources, sourceFiles } from './source-tree.js'

/** @type {string} */
let root
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sundial-source-tree-'))
  const files = { '.gitignore': 'dist/\nnode_modules/\n', 'src/a.ts': 'a', 'src/image.png': 'a\0b', 'dist/a.js': 'a', 'node_modules/x/a.js': 'a' }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
})
afterEach(() => rmSync(root, { recursive: true }))

test('lists the same files with and without version control', () => {
  const own = ['.gitignore', 'src/a.ts', 'src/image.png']
  expect(sourceFiles(root)).toEqual(own)
  execFileSync('git', ['init', '-q'], { cwd: root })
  expect(sourceFiles(root)).toEqual(own)
  execFileSync('git', ['add', '-A'], { cwd: root })
  rmSync(join(root, 'src/a.ts'))
  expect(sourceFiles(root)).toEqual(['.gitignore', 'src/image.png'])
})

test('reads the texts that are wanted, and no binary file', () => {
  expect([...readSources(root, (path) => path.startsWith('src/'))]).toEqual([['src/a.ts', 'a']])
})
