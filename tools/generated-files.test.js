import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { staleFiles } from './generated-files.js'

/** @type {string} */
let root
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'sundial-generated-'))
  mkdirSync(join(root, 'docs'))
  writeFileSync(join(root, 'docs/a.md'), 'fresh\n')
})
afterAll(() => rmSync(root, { recursive: true }))

/** @param {string} file @param {string} script */
const check = (file, script) => staleFiles(root, [{ file, command: [process.execPath, '-e', script] }])

test('a file is fresh when its program prints it', async () => {
  expect(await check('docs/a.md', 'console.log("fresh")')).toEqual([])
})

test('a file that is not there is named with the command that makes it', async () => {
  expect(await check('docs/none.md', '')).toEqual([expect.stringMatching(/^docs\/none\.md is missing; run: .* > docs\/none\.md$/)])
})

test('a stale file is named with the command that makes it', async () => {
  expect(await check('docs/a.md', 'console.log("newer")')).toEqual([
    expect.stringMatching(/^docs\/a\.md is not what its program writes now; run: .* > docs\/a\.md$/),
  ])
})

test('a program that fails is not taken for a fresh file', async () => {
  expect(await check('docs/a.md', 'console.log("fresh"); console.error("broken"); process.exit(1)')).toEqual([
    expect.stringMatching(/^docs\/a\.md cannot be compared, since .* failed: broken$/),
  ])
})
