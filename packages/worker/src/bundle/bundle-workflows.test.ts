import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { parcels } from '../fixtures/contract.fixture.ts'
import { addLabel, readLabel } from './bundle-label.ts'
import { bundleLabel, bundleWorkflows } from './bundle-workflows.ts'

const workflows = (name: string) => new URL(`../fixtures/${name}.fixture.ts`, import.meta.url)

test('bundles the manifest, and neither zod nor the contract', { timeout: 60_000 }, async () => {
  const { code } = await bundleWorkflows({ contract: parcels, workflows: workflows('workflows') })
  // Modules are named in the code, at the head of each.
  const modules = [...code.matchAll(/^\/\*\*\*\/ "(.+)"$/gm)].map(([, name]) => name ?? '')
  expect(modules.filter((name) => /received\.cjs$|sent\.cjs$|manifest\.cjs$/.test(name))).toHaveLength(3)
  expect(modules.filter((name) => /zod|contract/.test(name))).toEqual([])
  const manifest = expect.stringMatching(/^[0-9a-f]{16}$/) as string
  expect(readLabel(code)).toEqual({ contract: 'parcels', manifest, sdk: '1.23.0', tracing: 'off', kit: '2' })
})

test('refuses a contract that is imported for its values, and says by whom', { timeout: 60_000 }, async () => {
  const bundled = bundleWorkflows({ contract: parcels, workflows: workflows('contract-in-sandbox') })
  await expect(bundled).rejects.toThrow(
    /contract "parcels" .* cannot be bundled: [\s\S]*contains (zod|@sundial\/contract), which .*contract-in-sandbox\.fixture\.ts imports .*contract\.fixture\.ts imports/,
  )
})

test.each(['valibot', '@valibot/to-json-schema', 'arktype'])('refuses the schemas of %s too', { timeout: 60_000 }, async (library) => {
  const folder = mkdtempSync(join(tmpdir(), 'other-library-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'contract.js'), `export * as library from ${JSON.stringify(fileURLToPath(import.meta.resolve(library)))}`)
  writeFileSync(join(folder, 'workflows.js'), "import { library } from './contract.js'\nexport default async () => library")
  const bundled = bundleWorkflows({ contract: parcels, workflows: pathToFileURL(join(folder, 'workflows.js')) })
  await expect(bundled).rejects.toThrow(new RegExp(`contains ${library}, which .*workflows\\.js imports .*contract\\.js imports`))
})

test("an application may have a folder that is called as ours is, but not our package's values", { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'own-contract-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const write = (name: string, code: string) => writeFileSync(join(folder, name), code)
  mkdirSync(join(folder, 'packages/contract/src'), { recursive: true })
  write('packages/contract/src/words.js', "export const words = 'of the application'")
  write('workflows.js', "import { words } from './packages/contract/src/words.js'\nexport default async () => words")
  const bundle = () => bundleWorkflows({ contract: parcels, workflows: pathToFileURL(join(folder, 'workflows.js')) })
  expect((await bundle()).code).toContain('of the application')
  const ours = fileURLToPath(import.meta.resolve('@sundial/contract'))
  write('packages/contract/src/words.js', `export { toMilliseconds as words } from ${JSON.stringify(ours)}`)
  await expect(bundle()).rejects.toThrow(/contains @sundial\/contract, which .*workflows\.js imports .*words\.js imports/)
})

test('says what is missing', async () => {
  await expect(bundleWorkflows({ contract: parcels, workflows: workflows('nothing') })).rejects.toThrow(
    /^the workflows of contract "parcels" are not in .*nothing\.fixture\.ts; build the application, and name the compiled module/,
  )
})

test('a label does not move the lines of the code', () => {
  const label = bundleLabel(parcels)
  const labelled = addLabel('var a\nvar b', label)
  expect(labelled.split('\n')).toHaveLength(2)
  expect(readLabel(labelled)).toEqual(label)
  expect(readLabel('var a')).toBeUndefined()
})
