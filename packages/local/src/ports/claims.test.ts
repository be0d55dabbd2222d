import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'
import { claimPorts, releasePorts } from './claims.ts'

beforeEach(async () => {
  vi.stubEnv('XDG_CACHE_HOME', await temporaryFolder())
  onTestFinished(() => void vi.unstubAllEnvs())
})

const claim = (root: string, ports: Record<string, number>) => {
  let seen: number[] = []
  return claimPorts(root, async (taken) => {
    seen = [...taken]
    return ports
  }).then(() => seen)
}

test('a platform sees the ports of the others, and not its own', async () => {
  expect(await claim('/one', { a: 7233 })).toEqual([])
  expect(await claim('/two', { a: 8233 })).toEqual([7233])
  expect(await claim('/one', { a: 7233 })).toEqual([8233])
})

test('ports that were given back are free', async () => {
  await claim('/one', { a: 7233 })
  await releasePorts('/one')
  expect(await claim('/two', { a: 7233 })).toEqual([])
})

test.each(['{', 'null', '{"owner":1}'])('a claim that is damaged (%s) is removed', async (content) => {
  await claim('/one', { a: 7233 })
  const folder = join(process.env['XDG_CACHE_HOME'] ?? '', 'sundial', 'ports')
  const damaged = join(folder, '0123456789abcdef.json')
  await writeFile(damaged, content)
  expect(await claim('/two', { a: 8233 })).toEqual([7233])
  expect(existsSync(damaged)).toBe(false)
})

test('two that start at the same moment choose one after the other', async () => {
  const seen = await Promise.all([claim('/one', { a: 1 }), claim('/two', { a: 2 }), claim('/three', { a: 3 })])
  expect(seen.map((ports) => ports.length).sort()).toEqual([0, 1, 2])
})
