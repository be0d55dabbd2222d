import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ensureCertificate } from '../certificates/ensure-certificate.ts'
import { ensureTrustDomain } from '../certificates/ensure-trust-domain.ts'
import { loadPorts, savePorts } from '../ports/store.ts'
import { programRequests } from '../programs.ts'
import { processIdentity, type StateFolder } from '../state/index.ts'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'
import { writeProcesses } from '../supervisor/process-record.ts'
import { programFolder } from '../toolchain/cache-folder.ts'
import type { DoctorContext, Verdict } from './check.ts'
import { healthy, planOf } from './context.fixture.ts'
import { CHECKS } from './checks.ts'
import { examine } from './examine.ts'
import type { MachineFacts } from './machine-facts.ts'

const GIB = 2 ** 30
/** A busy machine is no reason to fail. */
const PATIENT_MS = 25_000
const DAY_MS = 24 * 60 * 60 * 1000

const contract = {
  name: 'shop',
  taskQueue: 'shop',
  activities: {},
  workflows: { sell: { access: { start: 'shop:write' } } },
}
const withService = planOf({
  applications: { shop: { contract, worker: { module: './worker.js' }, services: { bank: { url: 'https://bank.example.com' } } } },
})

const machine = (facts: Partial<MachineFacts>) => (context: DoctorContext) => ({ ...context, machine: { ...context.machine, ...facts } })
const volume = (change: object) => (context: DoctorContext) =>
  machine({ volume: async (folder) => ({ ...(await context.machine.volume(folder)), ...change }) })(context)
const env = (variables: NodeJS.ProcessEnv) => (context: DoctorContext) => ({ ...context, env: { ...context.env, ...variables } })
/** Changes something on the disk. */
const disk = (change: (state: StateFolder, context: DoctorContext) => Promise<unknown>) => async (context: DoctorContext) => {
  await change(context.state, context)
  return context
}

type Case = [check: string, what: string, change: (context: DoctorContext) => DoctorContext | Promise<DoctorContext>, verdict: Verdict, found: RegExp]

const cases: readonly Case[] = [
  ['system', 'Windows', machine({ os: 'win32' }), 'problem', /^win32$/],
  ['system', 'a processor without programs', machine({ arch: 'riscv64' }), 'problem', /^linux on riscv64$/],
  ['system', 'another C library', machine({ libc: 'other' }), 'problem', /without glibc/],
  ['node', 'an old Node', machine({ nodeVersion: '20.18.3' }), 'problem', /^Node 20\.18\.3$/],
  ['npm', 'no npm', env({ PATH: '/nowhere' }), 'warning', /npm is not on the PATH/],
  ['cores', 'one core', machine({ cores: 1 }), 'warning', /^1 core$/],
  ['memory', 'little memory', machine({ memory: 0.5 * GIB, freeMemory: 0.4 * GIB }), 'problem', /^0\.5 GiB, 0\.4 GiB of it free$/],
  ['memory', 'a full memory', machine({ freeMemory: GIB }), 'warning', /1\.0 GiB of it free/],
  ['disk', 'a full disk', volume({ freeBytes: 150_000_000 }), 'problem', /^150 MB free in .* \(state, cache, temporary files\)$/],
  ['disk', 'a disk that fills', volume({ freeBytes: 1_500_000_000 }), 'warning', /^1\.5 GB free/],
  ['disk', 'no inodes', volume({ freeInodes: 7 }), 'problem', /^7 inodes free/],
  ['disk', 'few inodes', volume({ freeInodes: 9_999 }), 'warning', /^9999 inodes free/],
  ['open files', 'hardly any files', machine({ openFiles: 128 }), 'problem', /^128 open files$/],
  ['open files', 'few files', machine({ openFiles: 512 }), 'warning', /^512 open files$/],
  [
    'file watches',
    'few watches',
    async (context) => machine({ procFolder: await procWith({ max_user_watches: 10, max_user_instances: 128 }) })(context),
    'warning',
    /^max_user_watches is 10$/,
  ],
  ['loopback', 'a strange localhost', machine({ resolve: async () => ['127.0.0.1', '10.1.2.3'] }), 'problem', /^localhost is 10\.1\.2\.3$/],
  ['loopback', 'an unknown localhost', machine({ resolve: () => Promise.reject(new Error('ENOTFOUND')) }), 'warning', /^localhost is unknown$/],
  ['environment', 'a stray address', env({ TEMPORAL_ADDRESS: 'example.com:7233', PGHOST: 'db' }), 'warning', /^TEMPORAL_ADDRESS, PGHOST are set$/],
  ['environment', 'options for Node', env({ NODE_OPTIONS: '--inspect' }), 'warning', /^NODE_OPTIONS is --inspect$/],
  [
    'environment',
    'a proxy for everything',
    env({ http_proxy: 'http://proxy', no_proxy: 'example.com,localhost' }),
    'warning',
    /^http_proxy is set, and no_proxy lacks 127\.0\.0\.1$/,
  ],
  ['environment', 'a misspelt name', env({ SUNDIAL_PROGRAM_TEMPORL: '/opt' }), 'warning', /^SUNDIAL_PROGRAM_TEMPORL is set, and means nothing$/],
  ['modules', 'a module that is not built', disk((_, { projectFolder }) => rm(join(projectFolder, 'worker.js'))), 'problem', /^\.\/worker\.js is not there$/],
  ['programs', 'a wrong path', env({ SUNDIAL_PROGRAM_TEMPORAL: '/nowhere' }), 'problem', /SUNDIAL_PROGRAM_TEMPORAL is \/nowhere, and \/nowhere cannot be run/],
  [
    'programs',
    'another version',
    async (context) => env({ SUNDIAL_PROGRAM_TEMPORAL_UI: await programThatSays('ui-server', '2.0.0') })(context),
    'warning',
    /says "2\.0\.0"; the platform expects 2\.55\.0/,
  ],
  ['programs', 'a truncated program', disk(truncateProgram), expect.stringMatching(/problem|warning/) as Verdict, /is damaged: ui-server has 0 bytes/],
  ['postgresql', 'a wrong path', env({ SUNDIAL_PROGRAM_POSTGRESQL: '/nowhere' }), 'problem', /\/nowhere has no (postgres|initdb) that can be run/],
  [
    'state',
    'a foreign folder',
    disk(async ({ root }) => {
      await rm(join(root, 'sundial-state.json'))
      await writeFile(join(root, 'a.txt'), '')
    }),
    'problem',
    /was not made by Sundial/,
  ],
  ['state', 'a newer format', disk(({ root }) => writeFile(join(root, 'sundial-state.json'), '{"format":99}')), 'problem', /has state format 99/],
  ['state', 'an open folder', disk(({ root }) => chmod(root, 0o755)), 'warning', /has mode 755$/],
  [
    'state',
    'the folder of another',
    (context) => machine({ userId: context.machine.userId + 1 })(context),
    'problem',
    /belongs to user \d+, and this is user \d+/,
  ],
  ['state', 'a network', volume({ type: 0x6969 }), 'warning', /is on NFS$/],
  ['state', 'a Windows drive', volume({ type: 0x01021997 }), 'problem', /is on 9P, as Windows drives in WSL$/],
  ['processes', 'an orphan', disk(leaveOrphan), 'warning', /was killed, and left these running: postgresql$/],
  [
    'processes',
    'an old lock',
    disk(({ run }) => writeFile(join(run, 'lock.json'), JSON.stringify({ pid: 1, started: 'never', since: '', token: '' }))),
    'warning',
    /lock of a platform that was killed/,
  ],
  [
    'ports',
    'a kept port that is taken',
    disk(takePort),
    'problem',
    /^ports of earlier starts are used by others\n\d+ \(temporal-frontend\.grpc\): process \d+, \S+/,
  ],
  [
    'ports',
    'a usual port that is taken',
    disk(async (state, context) => {
      await takePort(state)
      await moveToPreferred(state, context)
    }),
    'warning',
    /^usual ports are used by others\n\d+ \(temporal-frontend\.grpc\): process \d+, \S+/,
  ],
  ['ports', 'damaged ports', disk(({ root }) => writeFile(join(root, 'ports.json'), '[]')), 'problem', /does not hold ports by name/],
  [
    'secrets',
    'a secret that nobody gave',
    disk(({ secrets }) => rm(join(secrets, 'shop-bank-key'), { recursive: true })),
    'problem',
    /shop-bank-key\/api-key.* is missing$/,
  ],
  ['secrets', 'an empty secret', disk(({ secrets }) => writeSecret(secrets, '', 0o600)), 'problem', /temporal-database\/password is empty$/],
  ['secrets', 'a secret that others can read', disk(({ secrets }) => writeSecret(secrets, 'x', 0o644)), 'warning', /temporal-database\/password has mode 644$/],
  [
    'certificates',
    'a certificate near its end',
    async (context) => ({ ...context, now: await issueCertificate(context.state, 80) }),
    'warning',
    /^client\.crt ends in 10 days: /,
  ],
  [
    'certificates',
    'a certificate that ended',
    async (context) => ({ ...context, now: await issueCertificate(context.state, 91) }),
    'warning',
    /^client\.crt ended on /,
  ],
  [
    'certificates',
    'a damaged certificate',
    disk(({ certificates }) => writeFile(join(certificates, 'client-ca.crt'), 'x')),
    'warning',
    /client-ca\.crt is not a certificate$/,
  ],
  [
    'clock',
    'a clock that was set back',
    async (context) => ({ ...context, now: new Date((await issueCertificate(context.state, 0)).getTime() - 3_600_000) }),
    'warning',
    /are 3600 s from the future$/,
  ],
]

test('finds nothing on a healthy machine, and says what it looked at', async () => {
  const findings = await examine(await readyMachine(), CHECKS, PATIENT_MS)
  expect(findings.filter(({ verdict }) => verdict !== 'ok')).toEqual([])
  expect(new Set(findings.map(({ check }) => check))).toEqual(new Set(cases.map(([check]) => check)))
})

test.each(cases)('%s: finds %s, and nothing else', async (check, _, change, verdict, found) => {
  const findings = await examine(await change(await readyMachine()), CHECKS, PATIENT_MS)
  expect(findings.filter((finding) => finding.verdict !== 'ok')).toEqual([
    { check, verdict, found: expect.stringMatching(found), needed: expect.stringMatching(/./), fix: expect.stringMatching(/./) },
  ])
})

test('says what did not answer in time, and goes on', async () => {
  const never = { name: 'disk', run: () => new Promise<never>(() => undefined) }
  const fails = { name: 'clock', run: () => Promise.reject(new Error('EIO: i/o error')) }
  const findings = await examine(await healthy(), [never, fails], 20)
  expect(findings).toMatchObject([
    { check: 'disk', verdict: 'warning', found: 'no answer within 0.02 s' },
    { check: 'clock', verdict: 'warning', found: 'could not be looked at: EIO: i/o error' },
  ])
})

/** With an application, its module built and its secret given. */
async function readyMachine(): Promise<DoctorContext> {
  const context = await healthy(withService)
  await writeFile(join(context.projectFolder, 'worker.js'), '')
  await mkdir(join(context.state.secrets, 'shop-bank-key'), { mode: 0o700 })
  await writeFile(join(context.state.secrets, 'shop-bank-key', 'api-key'), 'x', { mode: 0o600 })
  return context
}

async function procWith(limits: Readonly<Record<string, number>>): Promise<string> {
  const folder = await temporaryFolder()
  await mkdir(join(folder, 'sys/fs/inotify'), { recursive: true })
  for (const [name, value] of Object.entries(limits)) await writeFile(join(folder, 'sys/fs/inotify', name), `${value}\n`)
  return folder
}

async function programThatSays(command: string, text: string): Promise<string> {
  const folder = await temporaryFolder()
  await writeFile(join(folder, command), `#!/bin/sh\necho ${text}\n`, { mode: 0o755 })
  return folder
}

async function truncateProgram(_: StateFolder, { env: variables, plan }: DoctorContext): Promise<void> {
  const request = programRequests(plan ?? planOf()).find(({ name }) => name === 'temporal-ui')
  if (request) await writeFile(join(programFolder(request, variables), 'ui-server'), '')
}

async function leaveOrphan({ run }: StateFolder): Promise<void> {
  const child = spawn('sleep', ['60'])
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'spawn')
  const identity = await processIdentity(child.pid ?? 0)
  if (identity) writeProcesses(run, [{ name: 'postgresql', ...identity, signal: 'SIGTERM', graceSeconds: 1 }])
}

async function takePort(state: StateFolder): Promise<void> {
  const port = (await loadPorts(state))['temporal-frontend.grpc']?.port
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  expect((server.address() as AddressInfo).port).toBe(port)
}

/** As if this port were the one that the plan prefers: nothing is kept of it. */
async function moveToPreferred(state: StateFolder, context: DoctorContext): Promise<void> {
  const { 'temporal-frontend.grpc': kept, ...others } = await loadPorts(state)
  await savePorts(state, others)
  const frontend = context.plan?.parties.find(({ name }) => name === 'temporal-frontend')
  if (frontend && 'ports' in frontend) Object.assign(frontend.ports['grpc'] ?? {}, { number: kept?.port })
}

async function writeSecret(folder: string, value: string, mode: number): Promise<void> {
  await mkdir(join(folder, 'temporal-database'), { mode: 0o700 })
  await writeFile(join(folder, 'temporal-database', 'password'), value, { mode })
  await chmod(join(folder, 'temporal-database', 'password'), mode)
}

/** @returns so many days after it was issued */
async function issueCertificate({ certificates }: StateFolder, daysLater: number): Promise<Date> {
  const file = (name: string) => join(certificates, name)
  const now = new Date()
  const domain = await ensureTrustDomain({ name: 'client', caFile: file('client-ca.crt'), keyFile: file('client-ca.key') })
  const names = {
    name: 'shop-worker-client',
    domain: 'client',
    commonName: 'shop-worker',
    dnsNames: ['shop-worker'],
    ipAddresses: [],
    usages: ['client'] as const,
  }
  await ensureCertificate({ ...names, certFile: file('client.crt'), keyFile: file('client.key') }, domain, now)
  return new Date(now.getTime() + daysLater * DAY_MS)
}
