import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RENDERED } from '@sundial/platform/kubernetes'
import { compareTree, writeTree } from './tree-files.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sundial-tree-'))
})
afterEach(() => rmSync(root, { recursive: true }))

const file = (path: string, content = path) => ({ path, content: `${RENDERED}\n${content}` })

test('writes what differs, removes what is no longer rendered with its folders, and leaves what is not its own', async () => {
  mkdirSync(join(root, 'charts/mine'), { recursive: true })
  writeFileSync(join(root, 'charts/mine/Chart.yaml'), 'mine')
  await writeTree(root, [file('base/a/one.yaml'), file('base/a/two.yaml'), file('overlays/production/b/three.yaml')])
  const wanted = [file('base/a/one.yaml'), file('base/a/two.yaml', 'changed'), file('base/c/four.yaml')]
  expect(await compareTree(root, wanted)).toEqual({ added: ['base/c/four.yaml'], changed: ['base/a/two.yaml'], removed: ['overlays/production/b/three.yaml'] })
  await writeTree(root, wanted)
  expect(await compareTree(root, wanted)).toEqual({ added: [], changed: [], removed: [] })
  expect(readFileSync(join(root, 'base/a/two.yaml'), 'utf8')).toMatch(/\nchanged$/)
  expect(existsSync(join(root, 'overlays'))).toBe(false)
  expect(existsSync(join(root, 'charts/mine/Chart.yaml'))).toBe(true)
})

test('compares with a tree that is not there yet, and makes nothing', async () => {
  expect(await compareTree(join(root, 'nowhere'), [file('base/a/one.yaml')])).toEqual({ added: ['base/a/one.yaml'], changed: [], removed: [] })
  expect(existsSync(join(root, 'nowhere'))).toBe(false)
})

test('removes no file of others, and then writes nothing', async () => {
  mkdirSync(join(root, 'base/mine'), { recursive: true })
  writeFileSync(join(root, 'base/mine/my.yaml'), 'mine')
  await expect(writeTree(root, [file('base/a/one.yaml')])).rejects.toThrow('has files that were not rendered: base/mine/my.yaml')
  expect(existsSync(join(root, 'base/a'))).toBe(false)
  expect(readFileSync(join(root, 'base/mine/my.yaml'), 'utf8')).toBe('mine')
})
