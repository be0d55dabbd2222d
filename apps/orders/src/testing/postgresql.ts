import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Client } from 'pg'
import type { DatabaseSettings } from '../database/settings.ts'

/** A PostgreSQL server of the tests' own, with an empty database. */
export interface TestPostgresql {
  readonly settings: DatabaseSettings
  /** A new empty database on the same server. */
  createDatabase(name: string): Promise<DatabaseSettings>
  stop(): Promise<void>
}

const START_MS = 20_000

/** Starts a server on a free port of 127.0.0.1, in a temporary folder that goes with it. `prepare` gives more lines for its configuration. */
export async function startPostgresql(
  programs: string,
  prepare: (folder: string) => Promise<Record<string, string>> = async () => ({}),
): Promise<TestPostgresql> {
  const folder = await mkdtemp(join(tmpdir(), 'orders-postgresql-'))
  const port = await freePort()
  const password = 'only-for-this-test'
  await writeFile(join(folder, 'password'), password, { mode: 0o600 })
  await promisify(execFile)(
    ...unprivileged(join(programs, 'initdb'), [
      '-D',
      join(folder, 'data'),
      '-U',
      'postgres',
      '--pwfile',
      join(folder, 'password'),
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--no-locale',
      '--no-sync',
    ]),
  )
  const configuration = { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '', fsync: 'off', ...(await prepare(folder)) }
  const server = spawn(
    ...unprivileged(join(programs, 'postgres'), [
      '-D',
      join(folder, 'data'),
      ...Object.entries(configuration).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ]),
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const end = () => server.kill('SIGINT')
  process.once('exit', end)

  const settings: DatabaseSettings = { host: '127.0.0.1', port, database: 'postgres', user: 'postgres', password, ssl: false }
  await untilReady(server, settings)
  return {
    settings,
    async createDatabase(name) {
      const client = new Client(settings)
      await client.connect()
      await client.query(`create database "${name}"`).finally(() => client.end())
      return { ...settings, database: name }
    },
    async stop() {
      process.off('exit', end)
      end()
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
      await rm(folder, { recursive: true })
    },
  }
}

/** PostgreSQL refuses to run as root; in a user namespace of its own it is somebody else, and the files stay where they are. */
function unprivileged(path: string, args: string[]): [string, string[]] {
  return process.getuid?.() === 0 ? ['unshare', ['--user', '--map-user=1000', '--map-group=1000', '--', path, ...args]] : [path, args]
}

async function untilReady(server: ChildProcess, settings: DatabaseSettings): Promise<void> {
  let log = ''
  server.stderr?.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-4000)))
  const deadline = Date.now() + START_MS
  for (;;) {
    const client = new Client(settings)
    try {
      await client.connect()
      return await client.end()
    } catch (error) {
      if (server.exitCode !== null || Date.now() > deadline) throw new Error(`PostgreSQL did not start: ${(error as Error).message}\n${log}`, { cause: error })
      await delay(50)
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
