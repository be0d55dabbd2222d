import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sundial } from '../support/command.ts'
import { foreground } from '../support/foreground.ts'

const CONFIGURATION = "name: prepared\ntemporal: {historyShards: 1, logLevel: 'warn'}\nwebUi: {enabled: false}\n"
const PROGRAMS = join(process.env['SUNDIAL_CACHE'] || join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'sundial'), 'programs')

let folder: string
let databases: string
/** A cache folder in which nothing is prepared, and a platform that nobody else has. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sundial-prepared-'))
  databases = join(folder, 'cache/databases')
  await mkdir(join(folder, 'cache'))
  await symlink(PROGRAMS, join(folder, 'cache/programs'))
  await writeFile(join(folder, 'sundial.config.yaml'), CONFIGURATION)
})
afterAll(() => rm(folder, { recursive: true }))

const options = () => ({ stateRoot: join(folder, 'state'), cwd: folder, env: { SUNDIAL_CACHE: join(folder, 'cache') } })
const prepared = async (): Promise<readonly string[]> => (existsSync(databases) ? (await readdir(databases)).filter((name) => !name.includes('.')) : [])
/** What `initdb` chose by chance: no two clusters have the same. */
const clusterOf = async (dataFolder: string): Promise<bigint> => (await readFile(join(dataFolder, 'global/pg_control'))).readBigUInt64LE()
const dataFolder = () => join(folder, 'state/development/data/postgresql')
const password = () => readFile(join(folder, 'state/development/secrets/postgresql-superuser/password'), 'utf8')

test('the database of a first start is kept as it was before anyone used it, and the next first start begins with a copy', async () => {
  const first = foreground(['up'], options())
  await first.until(/✓ ready/)
  await expect.poll(prepared, { timeout: 90_000, interval: 200 }).toHaveLength(1)
  const [own, passwordBefore] = [await clusterOf(dataFolder()), await password()]
  expect(await first.stop()).toBe(0)
  const kept = await clusterOf(join(databases, (await prepared())[0] ?? ''))
  expect(kept).not.toBe(own)
  expect(existsSync(join(folder, 'state/development/preparing'))).toBe(false)

  const second = foreground(['up', '--fresh'], options())
  await second.until(/✓ ready/)
  expect(await clusterOf(dataFolder())).toBe(kept)
  expect(await password()).not.toBe(passwordBefore)
  expect(await second.stop()).toBe(0)
  expect(second.output()).not.toMatch(/arning/)
})

test('one that is damaged fails the start, is thrown away, and the start after that makes its own', async () => {
  const [name = ''] = await prepared()
  await rm(join(databases, name, 'global/pg_control'))
  const { code, stderr } = await sundial(['up', '--fresh'], options())
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(/copy of a prepared database cannot be used[^]*pg_control[^]*--fresh/) })
  expect(await prepared()).toEqual([])
  const next = foreground(['up', '--fresh'], options())
  await next.until(/✓ ready/)
  expect(await next.stop()).toBe(0)
})
