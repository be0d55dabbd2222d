import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { commitMessages } from './commit-messages.js'

/** @type {string} */
let folder
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sundial-commits-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Makes a repository with these commits, first to last. @param {readonly string[]} messages */
function repository(messages) {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false']
  execFileSync('git', ['init', '-q'], { cwd: folder })
  for (const message of messages) execFileSync('git', [...identity, 'commit', '-q', '--allow-empty', '-m', message], { cwd: folder })
  return commitMessages(folder)
}

test('accepts conventional commits with our scopes, and those without a scope', async () => {
  expect(await repository(['feat(contract): typed contracts', 'chore: release 0.1.0', 'fix(deps): pin a version'])).toEqual([])
})

test.each([
  ['a scope that is not ours', 'feat(everything): more', 'scope-enum'],
  ['a type that is not known', 'feature(api): more', 'type-enum'],
  ['free text', 'some changes', 'type-empty'],
])('refuses %s, also in the very first commit', async (_, message, rule) => {
  expect(await repository([message, 'feat(api): routes'])).toEqual([expect.stringContaining(rule)])
})

test('reads the last twenty, so that what can no longer be changed does not fail for ever', async () => {
  const recent = Array.from({ length: 20 }, (_, index) => `feat(api): change ${index}`)
  expect(await repository(['some changes', ...recent])).toEqual([])
  rmSync(join(folder, '.git'), { recursive: true })
  expect(await repository(['feat(api): base', 'some changes', ...recent.slice(1)])).toEqual([expect.stringContaining('type-empty')])
})

test('has nothing to read outside of a repository', async () => {
  expect(await commitMessages(folder)).toBeUndefined()
})
