import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { parcels } from '../fixtures/contract.fixture.ts'
import { cachedBundle } from './bundle-cache.ts'

/** Two workflow files that were bundled once, and the folder where the bundle is kept. */
async function bundled() {
  const root = mkdtempSync(join(tmpdir(), 'bundle-cache-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const write = (name: string, code: string) => writeFileSync(join(root, name), code)
  write('words.js', "export const words = 'first'")
  write('workflows.js', "import { words } from './words.js'\nexport default async () => words")
  const cache = join(root, 'cache')
  const bundle = (contract = parcels, folder = cache) => cachedBundle({ contract, workflows: pathToFileURL(join(root, 'workflows.js')) }, folder)
  expect(await bundle()).toMatchObject({ cached: false, code: expect.stringContaining("'first'") as string })
  return { write, cache, bundle, root }
}

// The bundler itself is loaded with the first bundle.
beforeAll(async () => void (await import('@temporalio/worker')), 60_000)

test('a bundle is used again', { timeout: 60_000 }, async () => {
  const { bundle } = await bundled()
  expect(await bundle()).toMatchObject({ cached: true, code: expect.stringContaining("'first'") as string })
})

test('a changed file that is imported makes a new one', { timeout: 60_000 }, async () => {
  const { bundle, write } = await bundled()
  write('words.js', "export const words = 'other'")
  expect(await bundle()).toMatchObject({ cached: false, code: expect.stringContaining("'other'") as string })
  expect((await bundle()).cached).toBe(true)
})

test('so does another contract', { timeout: 60_000 }, async () => {
  const { bundle } = await bundled()
  const { send: _, ...workflows } = parcels.workflows as Record<string, unknown>
  expect((await bundle({ ...parcels, workflows } as typeof parcels)).cached).toBe(false)
})

test('so does a kept one that is damaged', { timeout: 60_000 }, async () => {
  const { bundle, cache } = await bundled()
  const file = readdirSync(cache).find((name) => name.endsWith('.json'))!
  const kept = readFileSync(join(cache, file), 'utf8')
  for (const damaged of ['', kept.slice(0, 100), '{}', '{"code":"x","files":{}}']) {
    writeFileSync(join(cache, file), damaged)
    expect((await bundle()).cached).toBe(false)
  }
})

test('a folder that cannot be had costs only the time', { timeout: 60_000 }, async () => {
  const { bundle, root, write } = await bundled()
  write('file', '')
  expect((await bundle(parcels, join(root, 'file'))).code).toContain("'first'")
})

test('a file that is saved while it is bundled: the bundle is not taken for one of the new content', { timeout: 60_000 }, async () => {
  const { bundle, write, root } = await bundled()
  for (let delay = 0; delay < 400; delay += 40) {
    write('words.js', "export const words = 'before'")
    const saving = setTimeout(() => write('words.js', `export const words = 'after ${delay}'`), delay)
    await bundle()
    clearTimeout(saving)
    const [saved = ''] = /'.+'/.exec(readFileSync(join(root, 'words.js'), 'utf8')) ?? []
    expect((await bundle()).code).toContain(saved)
  }
})
