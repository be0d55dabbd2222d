import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { resolveDigests } from '@sundial/operations/images'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { goProgram } from '../support/go-program.ts'
import { REGISTRY } from '../support/go-programs.ts'
import { startRegistry, type Registry } from '../support/registry.ts'

let folder: string
let registry: Registry
let missing: string | undefined
let env: NodeJS.ProcessEnv

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sundial-registry-'))
  const program = await goProgram(REGISTRY)
  if (program.missing !== undefined) return void (missing = program.missing)
  const login = { user: 'ada', password: 'of:lovelace' }
  registry = await startRegistry(program.path, folder, login)
  env = { DOCKER_CONFIG: folder }
  const auth = Buffer.from(`${login.user}:${login.password}`).toString('base64')
  await writeFile(join(folder, 'config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }))
})
beforeEach(({ skip }) => skip(missing !== undefined, `a registry cannot be had: ${missing}`))
afterAll(async () => {
  await registry?.stop()
  await rm(folder, { recursive: true })
})

const resolve = (image: string, repository: string, tag: string, as = env) =>
  resolveDigests([{ image, pulledAs: `${registry.host}/${repository}:${tag}` }], { insecure: true, env: as, retryMs: 1 })

test('a tag is resolved to the digest of its index, for all architectures, by everybody where the registry gives everybody a token', async () => {
  const digest = await registry.push('public/server', '1.0')
  expect(await resolve('server:1.0', 'public/server', '1.0', { DOCKER_CONFIG: '/nowhere' })).toEqual({ 'server:1.0': digest })
})

test('a private image needs the login of who has logged in', async () => {
  const digest = await registry.push('shop/orders', '1.4.0')
  expect(await resolve('orders:1.4.0', 'shop/orders', '1.4.0')).toEqual({ 'orders:1.4.0': digest })
  await expect(resolve('orders:1.4.0', 'shop/orders', '1.4.0', { DOCKER_CONFIG: '/nowhere' })).rejects.toThrow('gives no token for shop/orders: HTTP 401')
})

test('a tag that moves has another digest, and every image that is not there is named', async () => {
  const first = await registry.push('public/moving', '1')
  await registry.push('public/other', '2')
  const second = await registry.push('public/moving', '1')
  expect(second).not.toBe(first)
  expect(await resolve('moving:1', 'public/moving', '1')).toEqual({ 'moving:1': second })
  const images = ['1', '2', '3'].map((tag) => ({ image: `other:${tag}`, pulledAs: `${registry.host}/public/other:${tag}` }))
  await expect(resolveDigests(images, { insecure: true, env })).rejects.toMatchObject({
    code: 'SUN_IMAGE_UNRESOLVED',
    message: expect.stringMatching(/2 images .*\nother:1: .*no such image or tag\nother:3: .*no such image or tag/) as string,
  })
})
