import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { connect as connectTcp } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { copyFolder } from '../prepared-database/copy-folder.ts'
import { newCluster, startServer } from './cluster.fixture.ts'
import { connect as connectAsAdmin } from './connect.ts'
import { initialise } from './initialise.ts'
import { preparedMark } from './prepared.ts'
import { setUpDatabases } from './set-up-databases.ts'

const never = new AbortController().signal

test('a new data folder serves databases over TLS only, to their owners only, and a second run changes nothing', async () => {
  const { folder, init, setup, connect } = await newCluster({ log_statement: 'all' })
  await initialise(init)
  const server = await startServer(init)
  // The server is starting: the job waits for it.
  expect(await setUpDatabases(setup, never)).toMatchInlineSnapshot(`
    [
      "database postgres: closed to others",
      "database template1: closed to others",
      "role temporal: made",
      "role temporal: password set",
      "database temporal: made",
      "database temporal: closed to others",
      "database temporal_visibility: made",
      "database temporal_visibility: closed to others",
      "role orders: made",
      "role orders: password set",
      "database orders: made",
      "database orders: closed to others",
      "database temporal: schema public given to temporal",
      "database temporal: schema public closed to others",
      "database temporal_visibility: extension btree_gin made",
      "database temporal_visibility: schema public given to temporal",
      "database temporal_visibility: schema public closed to others",
      "database orders: schema public given to orders",
      "database orders: schema public closed to others",
    ]
  `)
  const options = join(folder, 'databases.json')
  await writeFile(options, JSON.stringify(setup))
  const entry = fileURLToPath(new URL('../../dist/postgresql/setup.js', import.meta.url))
  expect(await promisify(execFile)(process.execPath, [entry, options])).toEqual({ stdout: 'nothing to change\n', stderr: '' })

  const orders = { user: 'orders', database: 'orders', password: 'password-of-orders' }
  const client = await connect(orders)
  await client.query('CREATE TABLE mine (id int)')
  const { rows } = await client.query(
    "SELECT current_setting('server_encoding') AS encoding, current_setting('data_checksums') AS checksums, (SELECT datcollate FROM pg_database WHERE datname = 'orders') AS collation",
  )
  expect(rows).toEqual([{ encoding: 'UTF8', checksums: 'on', collation: process.platform === 'linux' ? 'C.UTF-8' : 'C' }])
  await connect({ user: 'temporal', database: 'temporal_visibility', password: 'password-of-temporal' })

  for (const database of ['temporal', 'postgres', 'template1'])
    await expect(connect({ ...orders, database })).rejects.toThrow(`permission denied for database "${database}"`)
  await expect(connect({ ...orders, password: 'wrong' })).rejects.toThrow('password authentication failed')
  await expect(client.query('CREATE EXTENSION file_fdw')).rejects.toThrow('permission denied')

  await server.stop()
  const log = server.log()
  expect(log).toContain('CREATE ROLE "orders"')
  for (const name of ['postgres', 'temporal', 'orders']) expect(log).not.toContain(await readFile(join(folder, `${name}.password`), 'utf8'))
})

test('a data folder that was made elsewhere gets the passwords of this platform, and keeps nobody else’s', async () => {
  const [there, here] = [await newCluster(), await newCluster()]
  await initialise(there.init)
  const maker = await startServer(there.init)
  await setUpDatabases(there.setup, never)
  await maker.stop()

  await copyFolder(join(there.folder, 'data'), join(here.folder, 'data'))
  await writeFile(preparedMark(here.init.dataFolder), '')
  for (const name of ['postgres', 'orders', 'temporal']) await writeFile(join(here.folder, `${name}.password`), `other-of-${name}`)
  const roles = ['orders', 'temporal'].map((name) => ({ name, passwordFile: join(here.folder, `${name}.password`) }))
  await initialise({ ...here.init, roles })
  await startServer(here.init)

  expect(await setUpDatabases(here.setup, never)).toEqual([])
  for (const [user, database] of [
    ['postgres', 'postgres'],
    ['temporal', 'temporal'],
    ['orders', 'orders'],
  ] as const) {
    await here.connect({ user, database, password: `other-of-${user}` })
    await expect(here.connect({ user, database, password: `password-of-${user}` })).rejects.toThrow('password authentication failed')
  }
  expect(existsSync(preparedMark(here.init.dataFolder))).toBe(false)
})

test('a client without TLS is refused', async () => {
  const { init, setup } = await newCluster()
  await initialise(init)
  await startServer(init)
  await setUpDatabases({ ...setup, databases: [] }, never)
  const socket = connectTcp({ host: '127.0.0.1', port: init.port })
  const parameters = Buffer.from('user\0postgres\0database\0postgres\0\0')
  const header = Buffer.alloc(8)
  header.writeInt32BE(8 + parameters.length, 0)
  header.writeInt32BE(196_608, 4) // protocol 3.0
  socket.write(Buffer.concat([header, parameters]))
  const [answer] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  expect(answer.toString('latin1')).toMatch(/^E.*no pg_hba\.conf entry for host "127\.0\.0\.1", user "postgres", database "postgres", no encryption/s)
})

test('what the platform says holds after a restart: settings, passwords, owners', async () => {
  const { folder, init, setup, connect } = await newCluster()
  await initialise(init)
  const first = await startServer(init)
  await setUpDatabases(setup, never)
  await first.stop()

  await writeFile(join(init.dataFolder, 'pg_hba.conf'), 'host all all all trust\n')
  await writeFile(join(folder, 'orders.password'), 'a new one')
  const changed = { ...init, settings: { ...init.settings, 'sundial.test': "it's \\ here", work_mem: '8MB' } }
  await initialise(changed)
  await initialise(changed)
  expect((await readFile(join(init.dataFolder, 'postgresql.conf'), 'utf8')).match(/^include = 'sundial\.conf'$/gm)).toHaveLength(1)
  await startServer(changed)
  const databases = setup.databases.map((database) =>
    database.name === 'temporal' ? { ...database, owner: 'orders', passwordFile: join(folder, 'orders.password') } : database,
  )
  expect(await setUpDatabases({ ...setup, databases }, never)).toEqual([
    'role orders: password set',
    'database temporal: given to orders',
    'database temporal: schema public given to orders',
  ])
  const client = await connect({ user: 'orders', database: 'temporal', password: 'a new one' })
  const { rows } = await client.query("SELECT current_setting('sundial.test') AS test, current_setting('work_mem') AS work_mem")
  expect(rows).toEqual([{ test: "it's \\ here", work_mem: '8MB' }])
})

test('says why the server does not let it in', async () => {
  const { folder, init, setup } = await newCluster()
  await initialise(init)
  await startServer(init)
  await setUpDatabases({ ...setup, databases: [] }, never)
  await writeFile(join(folder, 'postgres.password'), 'wrong')
  await expect(setUpDatabases(setup, never)).rejects.toMatchObject({
    code: 'SUN_START_FAILED',
    message: expect.stringContaining('refused postgres to postgres: password authentication failed'),
  })
})

test('gives up on a server that does not come, and stops when told to', async () => {
  const { setup } = await newCluster()
  await expect(connectAsAdmin(setup, 'postgres', { signal: never, timeoutMs: 500 })).rejects.toThrow(/did not accept connections within 0\.5 s/)
  await expect(setUpDatabases(setup, AbortSignal.timeout(300))).rejects.toThrow(/aborted|timeout/)
})
