import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { MINIMUM_NODE } from './node.ts'

test('asks for the Node that the project asks for', async () => {
  const { engines } = JSON.parse(await readFile(new URL('../../../../package.json', import.meta.url), 'utf8')) as { engines: { node: string } }
  expect(engines.node).toBe(`>=${MINIMUM_NODE}`)
})
