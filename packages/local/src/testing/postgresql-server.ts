import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { ensureCertificates } from '../certificates/ensure-certificates.ts'
import { reservePort } from '../ports/reserve-port.ts'
import { findPostgresql } from '../postgresql/find-postgresql.ts'
import { initOptions } from '../postgresql/init-options.ts'
import { initialise } from '../postgresql/initialise.ts'
import { asUnprivileged } from '../postgresql/unprivileged.ts'

const HOST = '127.0.0.1'
/** Milliseconds until a server that does not accept connections has failed, and between two attempts. */
const START_MS = 30_000
const PERIOD_MS = 100

/** A PostgreSQL that is no part of a platform: with a root of its own, and nothing in it. */
export interface PostgresqlServer {
  readonly host: string
  readonly port: number
  /** The root that signed its certificate. */
  readonly caFile: string
  readonly superuser: { readonly user: string; readonly password: string }
  stop(): Promise<void>
}

/**
 * Starts a server for a test, on a free port of 127.0.0.1. It accepts passwords over TLS only, as servers of the platform do.
 *
 * @param folder where it keeps everything; empty, and the caller's to remove
 * @param settings lines of postgresql.conf
 */
export async function startPostgresqlServer(folder: string, settings: Readonly<Record<string, string>> = {}): Promise<PostgresqlServer> {
  const at = (name: string) => join(folder, name)
  const leaf = {
    name: 'server',
    domain: 'test',
    commonName: 'server',
    dnsNames: [],
    ipAddresses: [HOST],
    usages: ['server'] as const,
    certFile: at('tls.crt'),
    keyFile: at('tls.key'),
  }
  await ensureCertificates({ trustDomains: [{ name: 'test', caFile: at('ca.crt'), keyFile: at('ca.key') }], certificates: [leaf] })
  const superuser = { user: 'postgres', password: 'only-for-this-test' }
  await writeFile(at('password'), superuser.password, { mode: 0o600 })
  const reservation = await reservePort(0)
  if (!reservation) throw new Error('there is no free port')
  await reservation.release()
  const options = initOptions.parse({
    major: 15,
    dataFolder: join(folder, 'data'),
    superuser: superuser.user,
    passwordFile: at('password'),
    // Nobody needs what a test stores.
    settings: { fsync: 'off', ...settings },
    certFile: leaf.certFile,
    keyFile: leaf.keyFile,
    port: reservation.port,
  })
  await initialise(options)
  const { binFolder } = await findPostgresql({ major: options.major })
  const { command, args } = await asUnprivileged(join(binFolder, 'postgres'), ['-D', options.dataFolder], [options.dataFolder])
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  child.stderr.on('data', (piece: Buffer) => (log += piece.toString()))
  const ended = once(child, 'close')
  const stop = async (): Promise<void> => {
    child.kill('SIGINT')
    await ended
  }
  const server: PostgresqlServer = { host: HOST, port: options.port, caFile: at('ca.crt'), superuser, stop }
  await untilReady(server).catch(async (error: unknown) => {
    await stop()
    throw new Error(`PostgreSQL did not start:\n${log}`, { cause: error })
  })
  return server
}

async function untilReady({ host, port, caFile, superuser }: PostgresqlServer): Promise<void> {
  const ca = await readFile(caFile, 'utf8')
  for (const deadline = Date.now() + START_MS; ;) {
    const client = new pg.Client({ host, port, ...superuser, database: 'postgres', ssl: { ca } })
    client.on('error', () => undefined)
    try {
      await client.connect()
      return
    } catch (error) {
      if (Date.now() >= deadline) throw error
    } finally {
      await client.end().catch(() => undefined)
    }
    await pause(PERIOD_MS)
  }
}
