import { access, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { resolvePlatform, type PlatformInput } from '@sundial/platform'
import { makePlan } from '@sundial/platform/plan'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { launchOf } from './launch.ts'
import { releasePorts } from './ports/index.ts'
import { savePorts } from './ports/store.ts'
import { preparePlan } from './prepare.ts'
import { openState, stateFolder, type StateFolder } from './state/index.ts'
import { temporaryFolder } from './state/temporary-folder.fixture.ts'

/** In production somebody else runs the bank, and people give the key to it. */
const input = {
  name: 'test',
  applications: {
    shop: {
      contract: { name: 'shop', taskQueue: 'shop', workflows: {}, activities: {} },
      worker: { module: './worker.js' },
      services: { bank: { module: './bank.js' } },
    },
  },
  environments: { development: {}, production: { applications: { shop: { services: { bank: { url: 'https://bank.example.com' } } } } } },
} satisfies PlatformInput
const plan = makePlan(resolvePlatform(input, 'production'))

let projectFolder: string
let state: StateFolder
let key: string
beforeEach(async () => {
  projectFolder = await temporaryFolder()
  vi.stubEnv('XDG_CACHE_HOME', await temporaryFolder())
  onTestFinished(() => void vi.unstubAllEnvs())
  await writeFile(join(projectFolder, 'worker.js'), '')
  state = stateFolder(projectFolder, 'production')
  await openState(state)
  const [given] = plan.secrets.flatMap(({ name, keys }) =>
    Object.keys(keys).flatMap((each) => (keys[each] === 'given' ? [join(state.secrets, name, each)] : [])),
  )
  key = given ?? ''
})

const prepare = () => preparePlan({ plan, projectFolder, state })

test('a secret that people give is named with its file, and not made', async () => {
  await expect(prepare()).rejects.toMatchObject({ code: 'SUN_SECRET_MISSING', message: expect.stringContaining(`${key} is not there`) })
  await mkdir(dirname(key), { recursive: true })
  await writeFile(key, ' \n')
  await expect(prepare()).rejects.toMatchObject({ code: 'SUN_SECRET_MISSING', message: expect.stringContaining(`${key} is empty`) })
})

test('a secret that people give gets to the process that uses it, without the line break of an editor, and is closed to others', async () => {
  await mkdir(dirname(key), { recursive: true, mode: 0o755 })
  await writeFile(key, 'key-of-the-bank\n', { mode: 0o644 })
  const { processes, readSecret } = await prepare()
  expect(processes.givenSecrets.map(({ path }) => path)).toEqual([key])
  const worker = processes.processes.find(({ name }) => name === 'shop-worker')
  const { env } = await launchOf(worker!, { programs: [], readSecret, folder: state.root })
  expect(Object.values(env)).toContain('key-of-the-bank')
  expect((await stat(key)).mode & 0o777).toBe(0o600)
  expect((await stat(dirname(key))).mode & 0o777).toBe(0o700)
  expect(await readFile(key, 'utf8')).toBe('key-of-the-bank\n')
})

test('fixed settings are kept before anything is started', async () => {
  await mkdir(dirname(key), { recursive: true })
  await writeFile(key, 'key-of-the-bank')
  await prepare()
  expect(JSON.parse(await readFile(join(state.root, 'fixed-settings.json'), 'utf8'))).toEqual(plan.fixedSettings)
})

test('processes get absolute paths of ours: they run in another folder', async () => {
  vi.stubEnv('SUNDIAL_PROGRAM_POSTGRESQL', 'own/bin')
  await mkdir(dirname(key), { recursive: true })
  await writeFile(key, 'key-of-the-bank')
  const { processes, readSecret } = await prepare()
  const { env } = await launchOf(
    processes.processes.find(({ name }) => name === 'shop-worker')!,
    { programs: [], readSecret, folder: state.root },
  )
  expect(env.SUNDIAL_PROGRAM_POSTGRESQL).toBe(join(process.cwd(), 'own/bin'))
})

test('copies can be added and taken away between starts: the workload keeps its address, and what is left of copies does no harm', async () => {
  const withCopies = (replicas: number) =>
    makePlan(
      resolvePlatform(
        { ...input, postgresql: { maxConnections: 300 }, temporal: { replicas: { frontend: replicas, history: replicas } }, environments: {} },
        'development',
      ),
    )
  // Ports are chosen three times, and claimed in between, so that platforms that run beside this test do not take them.
  vi.unstubAllEnvs()
  const own = stateFolder(projectFolder, 'development')
  onTestFinished(() => releasePorts(own.root))
  await openState(own)
  await writeFile(join(projectFolder, 'bank.js'), '')
  const start = async (replicas: number) => {
    const { processes, ports } = await preparePlan({ plan: withCopies(replicas), projectFolder, state: own })
    await savePorts(own, ports)
    const addresses = processes.processes.map(({ env }) => env['TEMPORAL_ADDRESS']).filter((address) => address !== undefined)
    return { names: processes.processes.map(({ name }) => name), addresses, certificates: processes.certificates, frontend: ports['temporal-frontend.grpc'] }
  }
  const one = await start(1)
  const two = await start(2)
  expect(two.names).toEqual(
    expect.arrayContaining(['temporal-frontend', 'temporal-frontend-1', 'temporal-frontend-2', 'temporal-history-1', 'temporal-history-2']),
  )
  expect(two.names).not.toContain('temporal-history')
  expect(two.addresses).toEqual(one.addresses)
  for (const { certFile } of two.certificates) await access(certFile)
  // As it was before, to the port and the certificate.
  const copy = await readFile(join(own.certificates, 'temporal-history', 'internode.crt'), 'utf8')
  expect(await start(1)).toEqual(one)
  expect(await readFile(join(own.certificates, 'temporal-history', 'internode.crt'), 'utf8')).toBe(copy)
})
