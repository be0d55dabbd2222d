import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { withModuleCache } from './module-cache.ts'

function cache() {
  const root = mkdtempSync(join(tmpdir(), 'module-cache-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const path = join(root, 'kept', 'app.modules')
  const use = (said: string) =>
    withModuleCache(path, async (folder) => {
      const file = join(folder, 'file')
      const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
      writeFileSync(file, said)
      return before
    })
  return { path, use, entries: () => readdirSync(join(root, 'kept')) }
}

test('what was kept is there the next time, and nothing else', async () => {
  const { use, entries } = cache()
  expect([await use('one'), await use('two'), await use('three')]).toEqual(['', 'one', 'two'])
  expect(entries()).toEqual(['app.modules'])
})

test('two at the same time do not share it: one begins anew', async () => {
  const { path, use, entries } = cache()
  await use('one')
  const inner = withModuleCache(path, async (folder) => {
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('one')
    return use('two')
  })
  expect(await inner).toBe('')
  expect([await use('three'), ...entries()]).toEqual(['one', 'app.modules'])
})

test('of a use that failed nothing is kept', async () => {
  const { path, use, entries } = cache()
  await use('one')
  await expect(withModuleCache(path, () => Promise.reject(new Error('no bundle')))).rejects.toThrow('no bundle')
  expect(entries()).toEqual([])
  expect(await use('two')).toBe('')
})
