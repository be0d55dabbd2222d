import { execFile } from 'node:child_process'
import { readFile, readdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { ROOT } from '../support/command.ts'

interface Results {
  readonly order: { readonly load: readonly (readonly string[])[] }
  readonly slots: readonly { readonly contestant: string; readonly cells: { readonly echo: Readonly<Record<string, number>> } }[]
}

// `saveResults` checks what it writes against its schema.
test('measures two contestants in turns, and leaves results, a page, and nothing else', async (context) => {
  context.skip(process.platform !== 'linux', 'it reads /proc, which only Linux has')
  const folder = await mkdtemp(join(tmpdir(), 'sundial-smoke-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const own = await mkdtemp(join(folder, 'tmp-'))
  const args = ['tools/bench.js', 'smoke', '--no-drop', '--folder', join(folder, 'results'), '--seed', '7']
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, env: { ...process.env, TMPDIR: own, NO_COLOR: '1' } })
  expect(stdout).toMatch(/one process +the same again/)
  const files = (await readdir(join(folder, 'results'))).toSorted()
  expect(files.map((name) => name.replace(/.*\./, ''))).toEqual(['html', 'json', 'md'])
  const results = JSON.parse(await readFile(join(folder, 'results', files[1] ?? ''), 'utf8')) as Results
  expect(results.slots.map(({ contestant }) => contestant)).toEqual(results.order.load.flat())
  expect(results.order.load[1]).toEqual(results.order.load[0]?.toReversed())
  for (const { cells } of results.slots) for (const name of ['rate', 'p50', 'cpu', 'start']) expect(cells.echo[name]).toBeGreaterThan(0)
  // Node keeps a cache of compiled code there.
  expect((await readdir(own)).filter((name) => name.startsWith('sundial-bench-'))).toEqual([])
})
