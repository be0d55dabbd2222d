import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startPostgresqlServer, type PostgresqlServer } from '@sundial/local/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ROOT } from '../support/command.ts'
import { ordersProject, type Project } from '../support/external.ts'
import { foreground } from '../support/foreground.ts'
import { countWorkflows } from '../support/frontend.ts'
import { addressOf, certificateFiles, secret } from '../support/platform.ts'
import { tokenOf } from '../support/tokens.ts'

const run = promisify(execFile)

beforeEach(async (context) => {
  const isInstalled = await run('psql', ['--version']).then(
    () => true,
    () => false,
  )
  context.skip(!isInstalled, 'psql is not installed')
})

let folder: string
let server: PostgresqlServer
let onPostgresql: Project
let onEverything: Project
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sundial-external-'))
  server = await startPostgresqlServer(join(folder, 'postgresql'), { max_connections: '203' })
  const external = { host: server.host, port: server.port }
  onPostgresql = await ordersProject(join(folder, 'one'), {
    namespace: 'orders',
    settings: { postgresql: { external }, temporal: { historyShards: 1, logLevel: 'warn' }, webUi: { enabled: false } },
  })
  onEverything = await ordersProject(join(folder, 'two'), {
    namespace: 'elsewhere',
    settings: {
      postgresql: { external: { ...external, databases: { orders: { name: 'elsewhere', user: 'elsewhere_app' } } } },
      temporal: { external: { address: await addressOf('temporal-frontend', 'grpc'), tls: { serverName: 'temporal-frontend', clientCertificate: true } } },
      // The shared platform lets its own orders programs into its own namespace only.
      identity: {
        external: {
          issuer: `http://${await addressOf('identity', 'http')}`,
          clients: { 'orders-worker': 'temporal-namespaces', 'orders-api': 'temporal-namespaces' },
        },
      },
      webUi: { enabled: false },
    },
  })
})
afterAll(async () => {
  await server?.stop()
  await rm(folder, { recursive: true })
})

/** As the how-to says: the SQL of the plan, run by an administrator. */
async function makeDatabases(project: Project): Promise<void> {
  const { stdout } = await project.run(['plan', '--sql'])
  const file = join(project.cwd, 'databases.sql')
  await writeFile(file, stdout)
  const env = { ...process.env, PGPASSWORD: server.superuser.password, PGSSLMODE: 'verify-full', PGSSLROOTCERT: server.caFile }
  const to = ['--host', server.host, '--port', String(server.port), '--username', server.superuser.user, '--dbname', 'postgres']
  await run('psql', ['--no-psqlrc', '--quiet', ...to, '--file', file], { cwd: project.cwd, env })
}

/** A job of the plan, with settings of the test. */
async function runJob(module: string, file: string, env: NodeJS.ProcessEnv = {}): Promise<{ code: number; said: string }> {
  const ended = await run(process.execPath, [join(ROOT, 'packages/operations/dist', module), file], { env }).catch(
    (error: unknown) => error as { code: number; stdout: string },
  )
  return { code: 'code' in ended ? ended.code : 0, said: ended.stdout }
}

describe('an external PostgreSQL', () => {
  test('the files that are to be given are listed by the plan, and by a start that misses them', async () => {
    const { stdout } = await onPostgresql.run(['plan'])
    expect(stdout).toMatch(/✗ +state\/development\/secrets\/postgresql-tls\/ca\.crt +the root certificate that signed PostgreSQL’s/)
    const { code, stderr } = await onPostgresql.run(['up'])
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /orders-database\/password is not there\n.*the password of orders in PostgreSQL[^]*postgresql-tls\/ca\.crt is not there\n.*root certificate/,
    )
  })

  test('a server without the roles and databases says what to do', async () => {
    await onPostgresql.give({
      'postgresql-tls/ca.crt': await readFile(server.caFile, 'utf8'),
      'orders-database/password': 'of-the-orders',
      'temporal-database/password': "of-temporal's",
    })
    expect((await onPostgresql.run(['plan'])).stdout).not.toContain('✗')
    const { code, stderr } = await onPostgresql.run(['up'])
    expect(code).toBe(2)
    expect(stderr).toMatch(
      /postgresql-check[^]*PostgreSQL at 127\.0\.0\.1:\d+ cannot be used as it is:\n *- the password of orders in .* is refused, or there is no such role[^]*CREATE ROLE "orders"/,
    )
  })

  test('a platform on it runs an order, once the plan’s SQL was run', async () => {
    await makeDatabases(onPostgresql)
    const up = foreground(['up', '--demo'], onPostgresql)
    try {
      expect(await up.until(/Logs +.*sundial logs/)).toMatch(/Fulfilled in \d+ ms[^]*PostgreSQL +127\.0\.0\.1:\d+ +run by others/)
      const { processes } = JSON.parse((await onPostgresql.run(['status', '--json'])).stdout) as { processes: { name: string }[] }
      expect(processes.map(({ name }) => name).filter((name) => name.startsWith('postgresql'))).toEqual(['postgresql-check'])
    } finally {
      await up.stop()
    }
  })

  describe('that is not as the platform needs it', () => {
    type Settings = { tls: unknown; databases: { database: string; user: string; extensions: string[] }[] } & Record<string, unknown>
    const check = async (change: (settings: Settings) => void) => {
      const settings = JSON.parse(await readFile(join(onPostgresql.stateRoot, 'development', 'config', 'postgresql-check', 'check.json'), 'utf8')) as Settings
      settings.databases = settings.databases.filter(({ user }) => user === 'orders')
      change(settings)
      const file = join(folder, 'check.json')
      await writeFile(file, JSON.stringify({ ...settings, patienceSeconds: 0 }))
      return runJob('external/postgresql-check.js', file)
    }
    const wrongPassword = () => join(folder, 'one', 'sundial.config.ts')
    test.each<[string, (settings: Settings) => void, RegExp]>([
      [
        'a wrong password',
        ({ databases }) => Object.assign(databases[0]!, { passwordFile: wrongPassword() }),
        /the password of orders in .*sundial\.config\.ts is refused/,
      ],
      [
        'no such database',
        ({ databases }) => (databases[0]!.database = 'order'),
        /there is no database order\. .*CREATE DATABASE \\"order\\" OWNER \\"orders\\"/,
      ],
      ['a database of others', ({ databases }) => (databases[0]!.database = 'temporal'), /orders may not connect to the database temporal\. .*ALTER DATABASE/],
      ['no extension', ({ databases }) => (databases[0]!.extensions = ['btree_gin']), /lacks the extension btree_gin\. .*CREATE EXTENSION \\"btree_gin\\"/],
      ['an old version', (settings) => (settings['minimumMajor'] = 16), /it is version 15, and the platform needs 16/],
      ['few connections', (settings) => (settings['maxConnections'] = 201), /it lets 200 connections in, and postgresql\.maxConnections says 201/],
      ['a root that is not public', (settings) => (settings.tls = {}), /its certificate is not trusted \(.*\)\. It was checked against the public roots/],
      ['another name', (settings) => (settings['host'] = 'localhost'), /its certificate is not for \\"localhost\\"/],
      ['no TLS of ours', (settings) => (settings.tls = false), /orders is not let in \(.*no encryption\)/],
      ['nobody there', (settings) => (settings['port'] = 1), /nobody answers \(connect ECONNREFUSED/],
    ])('%s', async (_, change, expected) => {
      expect(await check(change)).toEqual({ code: 1, said: expect.stringMatching(expected) })
    })
    test('and nothing where it is', async () => expect(await check(() => undefined)).toMatchObject({ code: 0 }))
  })
})

describe('an external Temporal and identity provider, those of another platform', () => {
  test('a worker and an API run an order in a namespace of their own there', async () => {
    const { certFile, keyFile, caFile } = certificateFiles('orders-worker', 'client')
    const systemSecret = await secret('client-temporal-namespaces', 'client-secret')
    await onEverything.give({
      'postgresql-tls/ca.crt': await readFile(server.caFile, 'utf8'),
      'orders-database/password': 'of-the-orders',
      'temporal-frontend-tls/ca.crt': await readFile(caFile, 'utf8'),
      'temporal-frontend-tls/tls.crt': await readFile(certFile, 'utf8'),
      'temporal-frontend-tls/tls.key': await readFile(keyFile, 'utf8'),
      'client-temporal-namespaces/client-secret': systemSecret,
      'client-orders-worker/client-secret': systemSecret,
      'client-orders-api/client-secret': systemSecret,
      'client-orders-shop/client-secret': await secret('client-orders-shop', 'client-secret'),
    })
    await makeDatabases(onEverything)
    const up = foreground(['up', '--demo'], onEverything)
    try {
      expect(await up.until(/Logs +.*sundial logs/)).toMatch(/Fulfilled in \d+ ms/)
      const { processes } = JSON.parse((await onEverything.run(['status', '--json'])).stdout) as { processes: { name: string; kind: string }[] }
      expect(processes.flatMap(({ name, kind }) => (kind === 'service' ? [name] : [])).toSorted()).toEqual(['orders-api', 'orders-payment', 'orders-worker'])
      // Seen where it ran, by an administrator of that platform.
      const administrator = { token: await tokenOf('temporal-namespaces') }
      await expect.poll(() => countWorkflows(administrator, 'ExecutionStatus = "Completed"', 'elsewhere'), { timeout: 20_000 }).toBe(1)
    } finally {
      await up.stop()
    }
  })

  test('a Temporal that is not there, or does not let us in, is told with the reason', async () => {
    const config = join(onEverything.stateRoot, 'development', 'config', 'temporal-namespaces', 'namespaces.json')
    const file = join(folder, 'namespaces.json')
    await writeFile(file, JSON.stringify({ ...(JSON.parse(await readFile(config, 'utf8')) as object), patienceSeconds: 1 }))
    const address = await addressOf('temporal-frontend', 'grpc')
    const { certFile, keyFile, caFile } = certificateFiles('orders-worker', 'client')
    const tls = { TEMPORAL_TLS_SERVER_NAME: 'temporal-frontend', TEMPORAL_TLS_SERVER_CA_CERT_PATH: caFile }
    const certificate = { TEMPORAL_TLS_CLIENT_CERT_PATH: certFile, TEMPORAL_TLS_CLIENT_KEY_PATH: keyFile }
    const cases: [NodeJS.ProcessEnv, RegExp][] = [
      [{ TEMPORAL_ADDRESS: '127.0.0.1:1' }, /does not answer: connect ECONNREFUSED 127\.0\.0\.1:1\. Check the address/],
      [{ TEMPORAL_ADDRESS: address }, /does not answer: .*does it want TLS/],
      [{ TEMPORAL_ADDRESS: address, ...tls }, /does not answer: it refuses our certificate \(.*certificate required/],
      [
        { TEMPORAL_ADDRESS: address, ...tls, ...certificate, TEMPORAL_TLS_SERVER_CA_CERT_PATH: server.caFile },
        /does not answer: its certificate is not trusted/,
      ],
      [
        { TEMPORAL_ADDRESS: address, ...tls, ...certificate, TEMPORAL_TLS_SERVER_NAME: 'temporal.example.com' },
        /does not answer: its certificate is for another name/,
      ],
      [{ TEMPORAL_ADDRESS: address, ...tls, ...certificate }, /Temporal refuses calls without a token/],
    ]
    const told = await Promise.all(cases.map(([env]) => runJob('namespaces/main.js', file, { TEMPORAL_NAMESPACE: 'elsewhere', ...env })))
    expect(told).toEqual(cases.map(([, expected]) => ({ code: 2, said: expect.stringMatching(expected) as string })))
  })

  test('an identity provider that is another, or not there, is told', async () => {
    const file = join(folder, 'identity.json')
    const issuer = `http://${await addressOf('identity', 'http')}`
    const check = async (settings: object) => {
      await writeFile(file, JSON.stringify({ patienceSeconds: 0, ...settings }))
      return runJob('external/identity-check.js', file)
    }
    expect(await check({ issuer, jwksUrl: `${issuer}/jwks` })).toMatchObject({ code: 0 })
    expect(await check({ issuer, jwksUrl: `${issuer}/keys` })).toEqual({
      code: 1,
      said: expect.stringContaining(`its keys are at ${issuer}/jwks, and identity.external.jwksUrl says ${issuer}/keys`),
    })
    expect(await check({ issuer: `${issuer}/` })).toEqual({ code: 1, said: expect.stringContaining(`is of the issuer \\"${issuer}\\"`) })
    expect(await check({ issuer: 'http://127.0.0.1:1' })).toEqual({ code: 1, said: expect.stringContaining('did not answer') })
  })
})
