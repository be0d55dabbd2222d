import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ROOT, runCli } from '../config/project.fixture.ts'

let stateRoot: string
beforeAll(async () => {
  stateRoot = await mkdtemp(join(tmpdir(), 'sundial-keys-'))
  vi.stubEnv('SUNDIAL_STATE', stateRoot)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(stateRoot, { recursive: true })
})

test('before the first start there is nothing to rotate; then each call makes the next key', { timeout: 90_000 }, async () => {
  const early = await runCli(['keys', 'rotate'], ROOT, 60_000)
  expect(early).toMatchObject({ code: 2, stderr: expect.stringContaining('orders has no key yet in') as string })
  const folder = join(stateRoot, 'development/secrets/orders-payload-keys')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, '1'), Buffer.alloc(32, 1).toString('base64'))
  expect(await runCli(['keys', 'rotate', 'orders'], ROOT, 60_000)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^✓ orders: payloads are encrypted with the key 2 now, and those of 1 are still read\n/) as string,
  })
  expect(await readdir(folder)).toEqual(['1', '2'])
  expect(await runCli(['keys', 'rotate', 'order'], ROOT, 60_000)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('there is no application "order"') as string,
  })
})
