import { Client } from 'pg'
import { afterAll, expect, test } from 'vitest'
import { silent } from '../testing/fixture.ts'
import type { TestPostgresql } from '../testing/postgresql.ts'
import { withPostgresql } from '../testing/with-postgresql.ts'
import { type Migration, readMigrations } from './migration-files.ts'
import { migrateDatabase } from './migrate-database.ts'
import { migrate } from './migrations.ts'

let server: TestPostgresql
const clients: Client[] = []
withPostgresql((started) => void (server = started))
// Before the server stops: what was registered last ends first.
afterAll(() => Promise.all(clients.map((client) => client.end())))

async function connect(database: string): Promise<Client> {
  const client = new Client({ ...server.settings, database })
  await client.connect()
  clients.push(client)
  return client
}

function migration(name: string, sql: string): Migration {
  return { name, sql, checksum: sql }
}

test('makes the schema and the catalogue, and nothing the second time', async () => {
  await server.createDatabase('twice')
  const client = await connect('twice')
  const migrations = await readMigrations()
  expect(await migrate(client, migrations)).toEqual({ applied: ['0001-orders', '0002-catalogue'], unknown: [] })
  expect(await migrate(client, migrations)).toEqual({ applied: [], unknown: [] })
  const { rows } = await client.query<{ stock: number }>("select stock from products where sku = 'shadow-clock'")
  expect(rows).toEqual([{ stock: 5 }])
})

test('several processes at once: each migration is applied by exactly one', async () => {
  await server.createDatabase('concurrent')
  const migrations = await readMigrations()
  const several = await Promise.all([1, 2, 3, 4].map(() => connect('concurrent')))
  const results = await Promise.all(several.map((client) => migrate(client, migrations)))
  expect(results.flatMap(({ applied }) => applied).sort()).toEqual(['0001-orders', '0002-catalogue'])
})

test('refuses a file that changed after it was applied, and applies nothing', async () => {
  await server.createDatabase('changed')
  const client = await connect('changed')
  await migrate(client, [migration('0001-a', 'create table a ()')])
  await expect(migrate(client, [migration('0001-a', 'create table a (b int)'), migration('0002-c', 'create table c ()')])).rejects.toThrow(
    'migration 0001-a was changed after it was applied',
  )
  expect((await client.query("select to_regclass('c') as c")).rows).toEqual([{ c: null }])
})

test('refuses a new file that stands before an applied one', async () => {
  await server.createDatabase('gap')
  const client = await connect('gap')
  await migrate(client, [migration('0002-b', 'create table b ()')])
  await expect(migrate(client, [migration('0001-a', 'create table a ()'), migration('0002-b', 'create table b ()')])).rejects.toThrow(
    '0001-a is new, but 0002-b is applied already',
  )
})

test('an earlier release runs on the schema of a later one, and says so', async () => {
  await server.createDatabase('later')
  const client = await connect('later')
  const first = migration('0001-a', 'create table a ()')
  await migrate(client, [first, migration('0002-b', 'create table b ()')])
  expect(await migrate(client, [first])).toEqual({ applied: [], unknown: ['0002-b'] })
})

test('a migration that fails leaves nothing of itself, and those before it stay', async () => {
  await server.createDatabase('failing')
  const client = await connect('failing')
  const good = migration('0001-a', 'create table a ()')
  await expect(migrate(client, [good, migration('0002-b', 'create table b (); select 1 / 0')])).rejects.toThrow(
    'migration 0002-b failed and was rolled back: division by zero',
  )
  expect((await client.query("select to_regclass('a') as a, to_regclass('b') as b")).rows).toEqual([{ a: 'a', b: null }])
  expect(await migrate(client, [good, migration('0002-b', 'create table b ()')])).toEqual({ applied: ['0002-b'], unknown: [] })
})

test('a connection that breaks during a migration: says at which one and why, and the next run goes on from there', async () => {
  const settings = await server.createDatabase('breaking')
  const good = migration('0001-a', 'create table a ()')
  const breaking = [good, migration('0002-b', 'create table b (); select pg_terminate_backend(pg_backend_pid())')]
  await expect(migrateDatabase(settings, breaking, silent)).rejects.toThrow(
    /migration 0002-b failed with its connection.*: terminating connection due to administrator command/,
  )
  expect(await migrateDatabase(settings, [good, migration('0002-b', 'create table b ()')], silent)).toEqual({ applied: ['0002-b'], unknown: [] })
})

test('what went wrong is told, not that the lock could not be given back', async () => {
  const settings = await server.createDatabase('unlocking')
  const client = await connect('unlocking')
  const changed = [migration('0001-a', 'create table a (b int)')]
  await migrateDatabase(settings, [migration('0001-a', 'create table a ()')], silent)
  const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>
  const withoutUnlock = { query: (...args: unknown[]) => (String(args[0]).includes('unlock') ? Promise.reject(new Error('no answer')) : query(...args)) }
  await expect(migrate(withoutUnlock as unknown as Client, changed)).rejects.toThrow('0001-a was changed after it was applied')
})
