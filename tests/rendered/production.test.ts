import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Connection } from '@temporalio/client'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { goProgram } from '../support/go-program.ts'
import { HEALTH_PROBE } from '../support/go-programs.ts'
import { completeOneWorkflow } from './one-workflow.ts'
import { query } from './database.ts'
import { startRendered, type RenderedPlatform } from './platform.ts'

/** The rendered configuration of production, with the real programs: only addresses and paths are this machine's. */
const ROLES = ['temporal-frontend', 'temporal-history', 'temporal-internal-frontend', 'temporal-matching', 'temporal-system-worker']
/** Five processes that take over 512 shards, on a busy machine. */
const STARTED = { interval: 500, timeout: 180_000 }
const COMPLETED = 2

let folder: string
let platform: RenderedPlatform
let missing: string | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sundial-rendered-'))
  const probe = await goProgram(HEALTH_PROBE)
  if (probe.missing !== undefined) return void (missing = probe.missing)
  platform = await startRendered(folder, probe.path)
})
beforeEach(({ skip }) => skip(missing !== undefined, `the health probe cannot be had: ${missing}`))
afterAll(async () => {
  await platform?.stop()
  await rm(folder, { recursive: true })
})

const at = (pod: string, path: string) => join(folder, 'pods', pod, 'etc/sundial', path)
const client = async (apiKey?: string) =>
  Connection.connect({
    address: `${platform.machine.address}:7233`,
    tls: {
      serverNameOverride: 'temporal-frontend',
      serverRootCACertificate: await readFile(at('temporal-frontend', 'trust/client/ca.crt')),
      clientCertPair: {
        crt: await readFile(at('temporal-frontend', 'certificates/client/tls.crt')),
        key: await readFile(at('temporal-frontend', 'certificates/client/tls.key')),
      },
    },
    ...(apiKey !== undefined && { apiKey }),
  })

test('every role starts, and becomes ready by its own probe', { timeout: STARTED.timeout }, async () => {
  expect(platform.pods.map(({ name }) => name).toSorted()).toEqual(ROLES)
  for (const pod of platform.pods) {
    await expect.poll(async () => (await pod.probe()).code === 0 || !pod.isRunning, STARTED).toBe(true)
    expect(pod.isRunning, pod.output.slice(-4000)).toBe(true)
  }
})

test('a probe without a certificate, or for another service, is answered no', async () => {
  const withoutCertificate = (args: readonly string[]) => args.filter((part) => !part.startsWith('-tls-client'))
  const forNobody = (args: readonly string[]) => args.map((part) => (part.startsWith('-service=') ? '-service=nobody' : part))
  const answers = await Promise.all(platform.pods.flatMap((pod) => [pod.probe(withoutCertificate), pod.probe(forNobody)]))
  expect(answers.filter(({ code }) => code === 0)).toEqual([])
})

test('a workflow completes, for who has a certificate and a token', async () => {
  const connection = await client(await platform.issuer.token(['temporal-system:admin']))
  try {
    expect(await completeOneWorkflow(connection)).toEqual({ status: COMPLETED, result: '"done"' })
  } finally {
    await connection.close()
  }
})

test('without a token, or with one for somebody else, or without a certificate, nothing is allowed', async () => {
  const stranger = await platform.issuer.token(['temporal-system:admin'], 'somebody-else')
  // What the server can do is told to all who have a certificate; a token that is no good is refused at once.
  await expect(client(stranger)).rejects.toMatchObject({ cause: { details: 'Request unauthorized.' } })
  const anonymous = await client()
  await expect(anonymous.workflowService.listNamespaces({})).rejects.toMatchObject({ details: 'Request unauthorized.' })
  await anonymous.close()
  const tls = { serverNameOverride: 'temporal-frontend', serverRootCACertificate: await readFile(at('temporal-frontend', 'trust/client/ca.crt')) }
  const apiKey = await platform.issuer.token(['temporal-system:admin'])
  await expect(Connection.connect({ address: `${platform.machine.address}:7233`, tls, apiKey, connectTimeout: '3s' })).rejects.toThrow('Failed to connect')
})

test('the server finds nothing wrong in the dynamic configuration, where it would find a mistake', async () => {
  const server = platform.machine.programs['temporal-server'] ?? ''
  const file = at('temporal-history', 'live/dynamic-config.yaml')
  const validate = async (path: string) => {
    const { stdout, stderr } = await promisify(execFile)(server, ['validate-dynamic-config', path])
    return `${stdout}${stderr}`
  }
  expect(await validate(file)).not.toMatch(/error|warning/i)
  const wrong = join(folder, 'wrong.yaml')
  await writeFile(wrong, `${await readFile(file, 'utf8')}system.enableRingpopTls2:\n  - value: true\n`)
  expect(await validate(wrong)).toMatch(/warning.*unregistered key/i)
})

test('PostgreSQL has taken every rendered parameter', async () => {
  const names = Object.keys(platform.parameters)
  expect(names).toContain('max_connections')
  const rows = await query(platform.postgresql, 'postgres', async (database) => {
    // Those before them in other files were PostgreSQL's own.
    const { rows: found } = await database.query<{ name: string; error: string | null; applied: boolean }>(
      "SELECT name, error, applied FROM pg_file_settings WHERE name = ANY($1) AND sourcefile LIKE '%/sundial.conf'",
      [names],
    )
    return found
  })
  expect(rows.filter(({ applied, error }) => !applied || error !== null)).toEqual([])
  expect(rows.map(({ name }) => name).toSorted()).toEqual(names.toSorted())
})

test('every role ends by itself within its grace', { timeout: 120_000 }, async () => {
  expect(await Promise.all(platform.pods.map(async (pod) => ({ name: pod.name, code: (await pod.stop()).code })))).toEqual(
    platform.pods.map(({ name }) => ({ name, code: 0 })),
  )
})
