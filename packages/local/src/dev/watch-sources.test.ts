import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { project, put } from './project.fixture.ts'
import { Batch, isIgnored, watchSources } from './watch-sources.ts'

test.each([
  ['', false],
  ['apps/shop/src/worker.ts', false],
  ['sundial.config.ts', false],
  ['apps/shop/dist/worker.js', true],
  ['tsconfig.tsbuildinfo', true],
  ['node_modules/zod/index.js', true],
  ['.sundial/development/run/status.json', true],
  ['.git/index', true],
  ['apps/shop/src/.worker.ts.swp', true],
  ['apps/shop/src/worker.ts~', true],
])('"%s" is ignored: %s', (path, expected) => {
  expect(isIgnored(path)).toBe(expected)
})

test('tells of saves in place, by rename, of new folders and of removals, and not of what is built', async () => {
  const folder = await project({ 'src/a.ts': '1', 'src/b.ts': '1', 'src/c.ts': '1', 'dist/a.js': '1' })
  const seen = new Set<string>()
  const watcher = await watchSources({ folder, onChange: (files) => files.forEach((file) => seen.add(file)) })
  onTestFinished(() => watcher.close())
  const changes: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['src/a.ts', () => writeFile(join(folder, 'src/a.ts'), '2')],
    [
      'src/b.ts',
      async () => {
        await writeFile(join(folder, 'src/.b.ts.new'), '2')
        await rename(join(folder, 'src/.b.ts.new'), join(folder, 'src/b.ts'))
      },
    ],
    ['src/c.ts', () => rm(join(folder, 'src/c.ts'))],
    ['src/deep/er/d.ts', () => put(folder, 'src/deep/er/d.ts', '1')],
  ]
  for (const [file, change] of changes) {
    await writeFile(join(folder, 'dist/a.js'), file)
    await change()
    await vi.waitFor(() => expect(seen).toContain(file), 10_000)
  }
  expect([...seen].toSorted()).toEqual(changes.map(([file]) => file))
})

const given: (readonly string[])[] = []
beforeEach(() => {
  given.length = 0
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})
const batch = () => new Batch({ onChange: (files) => given.push(files), quietMs: 30, longestMs: 1000 })

test('changes of one moment come together, each file once', () => {
  const changes = batch()
  for (const file of ['b', 'a', 'b']) {
    changes.add(file)
    vi.advanceTimersByTime(20)
  }
  expect(given).toEqual([])
  vi.advanceTimersByTime(10)
  expect(given).toEqual([['a', 'b']])
  changes.add('c')
  vi.advanceTimersByTime(30)
  expect(given).toEqual([['a', 'b'], ['c']])
})

test('changes that do not end are given in parts', () => {
  const changes = batch()
  for (let at = 0; at < 2000; at += 20) {
    changes.add(`file ${at}`)
    vi.advanceTimersByTime(20)
  }
  expect(given).toHaveLength(2)
  vi.advanceTimersByTime(30)
  expect(given.flat()).toHaveLength(100)
})

test('what was cleared is not given', () => {
  const changes = batch()
  changes.add('a')
  changes.clear()
  vi.advanceTimersByTime(2000)
  expect(given).toEqual([])
})
