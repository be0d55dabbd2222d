import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { onTestFinished } from 'vitest'
import { ensureCertificates } from '../certificates/ensure-certificates.ts'
import { reservePort } from '../ports/reserve-port.ts'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'
import { findPostgresql } from './find-postgresql.ts'
import { initOptions, type InitOptions } from './init-options.ts'
import type { SetupOptions } from './setup-options.ts'
import { asUnprivileged, type Command } from './unprivileged.ts'

export interface Cluster {
  readonly folder: string
  readonly init: InitOptions
  readonly setup: SetupOptions
  /** A connection over TLS, ended with the test. */
  connect(as: { user: string; database: string; password: string }): Promise<pg.Client>
}

/** What `initialise` and `setUpDatabases` need, in a folder of one test. Nothing is made yet but passwords and certificates. */
export async function newCluster(settings: Record<string, string> = {}): Promise<Cluster> {
  const folder = await temporaryFolder()
  const at = (name: string) => join(folder, name)
  const files = { caFile: at('ca.crt'), keyFile: at('ca.key') }
  const leaf = {
    name: 'postgresql',
    domain: 'database',
    certFile: at('tls.crt'),
    keyFile: at('tls.key'),
    commonName: 'postgresql',
    dnsNames: [],
    ipAddresses: ['127.0.0.1'],
    usages: ['server'] as const,
  }
  await ensureCertificates({ trustDomains: [{ name: 'database', ...files }], certificates: [leaf] })
  for (const name of ['postgres', 'orders', 'temporal']) await writeFile(at(`${name}.password`), `password-of-${name}`, { mode: 0o600 })
  const reservation = await reservePort(0)
  await reservation?.release()
  const port = reservation?.port ?? 0
  const init = initOptions.parse({
    major: 15,
    dataFolder: join(folder, 'data', 'postgresql'),
    superuser: 'postgres',
    passwordFile: at('postgres.password'),
    // Nobody needs what a test stores.
    settings: { fsync: 'off', shared_buffers: '16MB', ...settings },
    certFile: leaf.certFile,
    keyFile: leaf.keyFile,
    port,
  })
  const setup: SetupOptions = {
    host: '127.0.0.1',
    port,
    adminUser: 'postgres',
    adminPasswordFile: at('postgres.password'),
    caFile: files.caFile,
    databases: [
      { name: 'temporal', owner: 'temporal', passwordFile: at('temporal.password'), extensions: [] },
      { name: 'temporal_visibility', owner: 'temporal', passwordFile: at('temporal.password'), extensions: ['btree_gin'] },
      { name: 'orders', owner: 'orders', passwordFile: at('orders.password'), extensions: [] },
    ],
  }
  const connect: Cluster['connect'] = async (as) => {
    const client = new pg.Client({ host: '127.0.0.1', port, ...as, ssl: { ca: await readFile(files.caFile, 'utf8') } })
    client.on('error', () => undefined)
    await client.connect()
    onTestFinished(() => client.end())
    return client
  }
  return { folder, init, setup, connect }
}

export interface Server {
  readonly child: ChildProcess
  /** What it says, whole once it has ended. */
  log(): string
  stop(): Promise<number | null>
}

/** Starts the server as the platform does. */
export async function startServer(
  init: InitOptions,
  wrap: (command: Command) => Promise<Command> = ({ command, args }) => asUnprivileged(command, args, [init.dataFolder]),
): Promise<Server> {
  const { binFolder } = await findPostgresql({ major: init.major })
  const { command, args } = await wrap({ command: join(binFolder, 'postgres'), args: ['-D', init.dataFolder] })
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  child.stderr.on('data', (piece: Buffer) => (log += piece.toString()))
  const ended = once(child, 'close')
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT')
    await ended
    return child.exitCode
  }
  onTestFinished(async () => void (await stop()))
  return { child, log: () => log, stop }
}
