import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pulledImages, unlockedImages, type KubernetesObject } from '@sundial/platform/kubernetes'
import { loadAll } from 'js-yaml'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ROOT, sundial } from '../support/command.ts'
import { goProgram } from '../support/go-program.ts'
import { REGISTRY } from '../support/go-programs.ts'
import { startRegistry, type Registry } from '../support/registry.ts'

let folder: string
let registry: Registry
let missing: string | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sundial-images-'))
  const program = await goProgram(REGISTRY)
  if (program.missing !== undefined) return void (missing = program.missing)
  await mkdir(join(folder, 'registry'))
  registry = await startRegistry(program.path, join(folder, 'registry'), { user: 'ada', password: 'of:lovelace' })
  const config = `import base from ${JSON.stringify(join(ROOT, 'sundial.config.ts'))}
export default { ...base, kubernetes: { ...base.kubernetes, images: { mirror: '${registry.host}/public' } } }`
  await writeFile(join(folder, 'sundial.config.ts'), config)
})
beforeEach(({ skip }) => skip(missing !== undefined, `a registry cannot be had: ${missing}`))
afterAll(async () => {
  await registry?.stop()
  await rm(folder, { recursive: true })
})

const run = (...args: string[]) => sundial(args, { stateRoot: join(folder, 'state'), cwd: folder, env: { DOCKER_CONFIG: '/nowhere' } })
const images = async () => JSON.parse((await run('images', 'list', '--json')).stdout) as { image: string; digest?: string }[]
const lockFile = () => readFile(join(folder, 'images.lock.json'), 'utf8')

async function pushAll(): Promise<Record<string, string>> {
  const digests: Record<string, string> = {}
  for (const { image } of await images()) {
    const [, name = '', tag = ''] = /^(.+):([^:/]+)$/.exec(image) ?? []
    digests[image] = await registry.push(`public/${name}`, tag)
  }
  return digests
}

test('images are locked to what the registry has, rendered so, and told when they are not', async () => {
  expect(await run('images', 'lock', '--check')).toMatchObject({ code: 1, stdout: expect.stringMatching(/[1-9]\d* missing, 0 for nothing/) as string })
  const refused = await run('images', 'lock', '--insecure')
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('temporalio/ui:2.55.0') as string })
  expect(refused.stderr).toContain('there is no such image or tag')

  const pushed = await pushAll()
  expect(Object.keys(pushed)).toEqual(expect.arrayContaining(['temporalio/server:1.32.1', 'temporalio/admin-tools:1.32.1', 'sundial/tools:0.1.0']))
  expect(await run('images', 'lock', '--insecure')).toMatchObject({ code: 0 })
  const text = await lockFile()
  expect(JSON.parse(text)).toEqual({ images: pushed })
  expect(await run('images', 'lock', '--check')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`all ${Object.keys(pushed).length} images`) as string,
  })
  expect(await run('images', 'lock', '--insecure')).toMatchObject({ code: 0 })
  expect(await lockFile()).toBe(text)

  const rendered = loadAll((await run('render', '-e', 'production')).stdout) as KubernetesObject[]
  const pulled = pulledImages(rendered, { mirror: `${registry.host}/public` })
  expect(unlockedImages(pulled)).toEqual([])
  expect(Object.fromEntries(pulled.map(({ image, digest }) => [image, digest]))).toEqual(pushed)

  const { 'temporalio/ui:2.55.0': _gone, ...others } = pushed
  await writeFile(join(folder, 'images.lock.json'), JSON.stringify({ images: { ...others, 'temporalio/ui:1.0.0': pushed['temporalio/server:1.32.1'] } }))
  const check = await run('images', 'lock', '--check', '--json')
  expect(check.code).toBe(1)
  expect(JSON.parse(check.stdout)).toEqual({ missing: ['temporalio/ui:2.55.0'], stale: ['temporalio/ui:1.0.0'] })
})

test('what a tag means now replaces what it meant, and a lock of one environment keeps the others', async () => {
  await pushAll()
  await run('images', 'lock', '--insecure')
  const moved = await registry.push('public/temporalio/ui', '2.55.0')
  const again = await run('images', 'lock', '--insecure', '-e', 'staging')
  expect(again.stdout).toContain('~ temporalio/ui:2.55.0 has other content now')
  expect(await images()).toContainEqual(expect.objectContaining({ image: 'temporalio/ui:2.55.0', digest: moved }))
  expect(await run('images', 'lock', '--check')).toMatchObject({ code: 0 })
})
