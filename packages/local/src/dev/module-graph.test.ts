import { rm, symlink } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { ModuleGraph } from './module-graph.ts'
import { project, put } from './project.fixture.ts'

const FILES = {
  'apps/shop/dist/worker.js':
    "import { run } from 'kit'\nimport './settings.js'\nimport { readFile } from 'node:fs'\nimport library from 'library'\nrun(new URL('./workflows/index.js', import.meta.url))\nawait import('./late.js')\n",
  'apps/shop/dist/settings.js': 'export {}\n',
  'apps/shop/dist/late.js': "export * from './settings.js'\n",
  'apps/shop/dist/workflows/index.js': "export * from './order.js'\n",
  'apps/shop/dist/workflows/order.js': 'export {}\n',
  'apps/shop/dist/api.js': "import './settings.js'\n",
  'apps/shop/dist/migrate.js': "new URL('../migrations/', import.meta.url)\n",
  'apps/shop/migrations/1.sql': 'select 1\n',
  'packages/kit/package.json': '{"name":"kit","type":"module","exports":"./dist/index.js"}',
  'packages/kit/dist/index.js': "import 'library'\nexport function run() {}\n",
  'node_modules/library/package.json': '{"name":"library","exports":{"import":"./index.mjs","require":"./index.cjs"}}',
  'node_modules/library/index.mjs': "import 'deeper'\n",
}

let folder: string
let graph: ModuleGraph
const entry = (name: string) => join(folder, 'apps/shop/dist', `${name}.js`)
const print = (name: string) => graph.of([entry(name)]).fingerprint
beforeEach(async () => {
  folder = await project(FILES)
  await symlink('../packages/kit', join(folder, 'node_modules/kit'))
  graph = new ModuleGraph(folder)
})

test('follows imports, places that are named, and packages of the project', () => {
  const { files, installed } = graph.of([entry('worker')])
  expect(files.map((path) => relative(folder, path))).toEqual([
    'apps/shop/dist/late.js',
    'apps/shop/dist/settings.js',
    'apps/shop/dist/worker.js',
    'apps/shop/dist/workflows/index.js',
    'apps/shop/dist/workflows/order.js',
    'packages/kit/dist/index.js',
  ])
  expect(installed.map((url) => url.replace(/.*node_modules\//, ''))).toEqual(['library/index.mjs'])
})

test.each([
  ['apps/shop/dist/workflows/order.js', ['worker']],
  ['apps/shop/dist/settings.js', ['worker', 'api']],
  ['packages/kit/dist/index.js', ['worker']],
  ['apps/shop/migrations/1.sql', ['migrate']],
  ['apps/shop/migrations/2.sql', ['migrate']],
  ['apps/shop/dist/other.js', []],
  ['node_modules/library/index.mjs', []],
])('a change of %s is one of %j', async (path, expected) => {
  const names = ['worker', 'api', 'migrate']
  const before = names.map(print)
  await put(folder, path, "export const changed = 'yes'\n")
  expect(names.filter((name, index) => print(name) !== before[index])).toEqual(expected)
})

test('the same content written again is no change, and a file that is gone is one', async () => {
  const before = print('api')
  await put(folder, 'apps/shop/dist/settings.js', FILES['apps/shop/dist/settings.js'])
  expect(print('api')).toBe(before)
  await rm(join(folder, 'apps/shop/dist/settings.js'))
  expect(print('api')).not.toBe(before)
})

test('what cannot be parsed or resolved is followed no further', async () => {
  await put(folder, 'apps/shop/dist/api.js', "import 'nowhere'\nimport './gone.js'\nimport {")
  expect(graph.of([entry('api')]).files.map((path) => relative(folder, path))).toEqual(['apps/shop/dist/api.js'])
  await put(folder, 'apps/shop/dist/api.js', "import 'nowhere'\nimport './gone.js'\n")
  expect(graph.of([entry('api')]).files.map((path) => relative(folder, path))).toContain('apps/shop/dist/api.js')
})
