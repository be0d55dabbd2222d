import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'
import { replaceFile } from './files.ts'

test('replaces a file, whatever its length', async () => {
  const path = join(await temporaryFolder(), 'status.json')
  for (const value of ['short', 'long'.repeat(10_000), 'short again']) {
    replaceFile(path, JSON.stringify({ value }))
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ value })
  }
})

test('on a full disk the file that is there is written over, so that it is never out of date', async (context) => {
  const folder = join(await temporaryFolder(), 'disk')
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    context.skip('this user may not mount a small disk')
  }
  onTestFinished(() => void execFileSync('umount', [folder]))
  const path = join(folder, 'status.json')
  replaceFile(path, JSON.stringify({ state: 'ready' }))
  expect(() => writeFileSync(join(folder, 'fill'), Buffer.alloc(1024 * 1024))).toThrow('ENOSPC')
  expect(() => writeFileSync(join(folder, 'more'), 'x')).toThrow('ENOSPC')
  replaceFile(path, JSON.stringify({ state: 'degraded', problem: 'no space left on device' }))
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ state: 'degraded', problem: 'no space left on device' })
  expect(readdirSync(folder).toSorted()).toEqual(['fill', 'more', 'status.json'])
})
