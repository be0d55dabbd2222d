import { bundleWorkflows } from '@sundial/worker'
import { expect, test } from 'vitest'
import { orders } from '../contract.ts'

test('the workflows fit into the sandbox: nothing of Node, no schema library', async () => {
  const { code } = await bundleWorkflows({ contract: orders, workflows: new URL('./index.ts', import.meta.url) })
  expect(code).toContain('nobody decided until')
}, 60_000)
