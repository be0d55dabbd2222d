import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@sundial/runtime'
import { afterAll, expect, test } from 'vitest'
import { addLabel } from '../bundle/bundle-label.ts'
import { bundleLabel } from '../bundle/bundle-workflows.ts'
import { parcels } from '../fixtures/contract.fixture.ts'
import { workflowBundle } from './workflow-bundle.ts'

const folder = mkdtempSync(join(tmpdir(), 'workflow-bundle-'))
afterAll(() => rmSync(folder, { recursive: true }))
const bundleFile = join(folder, 'bundle.js')
const load = (content: string) => {
  writeFileSync(bundleFile, content)
  return workflowBundle({ contract: parcels, workflows: new URL('file:///not-used.js'), bundleFile, logger: createLogger('test', 'silent') })
}
const label = bundleLabel(parcels)

test('takes the prebuilt bundle of this program', async () => {
  const code = addLabel('var __TEMPORAL__', label)
  expect(await load(code)).toEqual({ code })
})

test.each([
  ['another contract', { ...label, contract: 'others' }, /contract is others and should be parcels/],
  ['an older version of the contract', { ...label, manifest: '0000' }, /manifest is 0000 and should be [0-9a-f]{16}/],
  ['one that is not traced', { ...label, tracing: 'on' as const }, /tracing is on and should be off/],
  ['another SDK', { ...label, sdk: '1.22.0' }, /sdk is 1\.22\.0 and should be 1\.23\.0/],
])('refuses the bundle of %s', async (_, other, message) => {
  await expect(load(addLabel('', other))).rejects.toThrow(message)
})

test('refuses what is no bundle', async () => {
  await expect(load('console.log(1)')).rejects.toThrow('is no workflow bundle of bundleWorkflows')
})
