import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { flushDataFolder, unflushedMark } from './flush.ts'

function folder() {
  const root = mkdtempSync(join(tmpdir(), 'flush-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const data = join(root, 'postgresql')
  mkdirSync(join(data, 'base', '1'), { recursive: true })
  writeFileSync(join(data, 'base', '1', '1259'), 'x')
  return data
}

test('takes the mark away when everything is on disk', async () => {
  const data = folder()
  writeFileSync(unflushedMark(data), '')
  await flushDataFolder(data)
  expect(existsSync(unflushedMark(data))).toBe(false)
})

test('keeps the mark when the folder cannot be read', async () => {
  const data = folder()
  writeFileSync(unflushedMark(data), '')
  rmSync(data, { recursive: true })
  await expect(flushDataFolder(data)).rejects.toThrow('ENOENT')
  expect(existsSync(unflushedMark(data))).toBe(true)
})

test('does nothing without a mark', async () => {
  await expect(flushDataFolder(join(folder(), 'absent'))).resolves.toBeUndefined()
})
