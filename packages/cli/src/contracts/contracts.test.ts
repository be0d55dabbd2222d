import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT, runCli } from '../config/project.fixture.ts'

interface Manifest {
  taskQueue: string
  workflows: Record<string, { queries?: object }>
}

let out: string
let built: { path: string; bytes: number }[]
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'sundial-contracts-'))
  const { code, stdout, stderr } = await runCli(['contract', 'build', '--out', out, '--json'], ROOT, 100_000)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  built = JSON.parse(stdout) as typeof built
}, 120_000)
afterAll(() => rm(out, { recursive: true }))

const read = (name: string) => readFile(join(out, 'orders', name), 'utf8')

test('build writes what a worker, an API and a client need', async () => {
  const names = [
    'manifest.json',
    'validators/received.cjs',
    'validators/sent.cjs',
    'validators/manifest.cjs',
    'workflow-bundle.js',
    'workflow-bundle-traced.js',
    'openapi.json',
    'client.ts',
  ]
  expect(built.map(({ path }) => path)).toEqual(names.map((name) => join(out, 'orders', name)))
  for (const { path, bytes } of built) expect((await readFile(path)).byteLength, path).toBe(bytes)
  expect(JSON.parse(await read('manifest.json'))).toMatchObject({ format: 'sundial-contract/1', name: 'orders', taskQueue: 'orders' })
  expect(JSON.parse(await read('openapi.json'))).toMatchObject({ openapi: '3.1.0', info: { title: 'Orders API', version: '1.0.0' } })
  expect(await read('workflow-bundle.js')).toMatch(/^\/\* sundial-workflow-bundle contract=orders manifest=[0-9a-f]+ sdk=\S+ tracing=off /)
  expect(await read('workflow-bundle-traced.js')).toMatch(/^\/\* sundial-workflow-bundle contract=orders manifest=[0-9a-f]+ sdk=\S+ tracing=on /)
  expect(await read('client.ts')).toContain('export function createOrdersClient(')
})

test('build says which applications there are', async () => {
  expect(await runCli(['contract', 'build', '-a', 'order'], ROOT)).toMatchObject({ code: 2, stderr: expect.stringContaining('It must be one of orders.') })
})

test('diff ends with 0 if nothing breaks, and with 1 and what does if something', async () => {
  expect(await runCli(['contract', 'diff', out, join(out, 'orders', 'manifest.json')], ROOT)).toEqual({
    code: 0,
    stdout: '✓ the contracts mean the same\n',
    stderr: '',
  })
  const changed = await mkdtemp(join(out, 'changed-'))
  const manifest = JSON.parse(await read('manifest.json')) as Manifest
  manifest.taskQueue = 'orders-2'
  delete manifest.workflows['fulfil-order']?.queries
  await writeFile(join(changed, 'manifest.json'), JSON.stringify(manifest))
  const { code, stdout } = await runCli(['contract', 'diff', join(out, 'orders'), changed, '--json'], ROOT)
  expect({ code, ...(JSON.parse(stdout) as object) }).toMatchObject({
    code: 1,
    breaks: true,
    changes: [
      { contract: 'orders', path: 'taskQueue', breaks: ['running-workflows'] },
      { contract: 'orders', path: 'workflows.fulfil-order.queries.status', breaks: ['api-clients'] },
    ],
  })
})

test.each([
  ['nowhere', 'nowhere is not there'],
  ['package.json', 'package.json has the format undefined; known is "sundial-contract/1"'],
  ['README.md', 'README.md cannot be read'],
  ['docs', 'neither docs nor a folder in it has a manifest.json'],
])('diff says why %s is no contract', async (path, message) => {
  expect(await runCli(['contract', 'diff', path, path], ROOT)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) })
})
