import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { isSystemError } from '../state/private-files.ts'
import { postgresqlError } from './errors.ts'
import type { SetupOptions } from './setup-options.ts'

const PERIOD_MS = 200
/** For one trial: to connect and log in. */
const CONNECT_TIMEOUT_MS = 10_000
/** How long a server may take until it accepts a connection: it may have to recover first. */
const START_TIMEOUT_MS = 60_000
/** `cannot_connect_now`: it starts, stops or recovers. */
const NOT_YET = '57P03'

interface Patience {
  readonly signal: AbortSignal
  /** @default 60000 */
  readonly timeoutMs?: number
}

/**
 * A connection of the superuser, over TLS, with the server's certificate and name checked.
 * Waits for a server that does not accept connections yet.
 */
export async function connect(options: SetupOptions, database: string, { signal, timeoutMs = START_TIMEOUT_MS }: Patience): Promise<pg.Client> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    signal.throwIfAborted()
    const client = await newClient(options, database)
    try {
      await client.connect()
      return client
    } catch (error) {
      await client.end().catch(() => undefined)
      if (!isStarting(error)) throw refused(options, database, error)
      if (performance.now() >= deadline)
        throw postgresqlError(`PostgreSQL on ${options.host}:${options.port} did not accept connections within ${timeoutMs / 1000} s`, 'See its log.', error)
    }
    await pause(PERIOD_MS, undefined, { signal })
  }
}

async function newClient({ host, port, adminUser, adminPasswordFile, caFile }: SetupOptions, database: string): Promise<pg.Client> {
  const [password, ca] = await Promise.all([readPassword(adminPasswordFile), readFile(caFile, 'utf8')])
  const client = new pg.Client({
    host,
    port,
    database,
    user: adminUser,
    password,
    ssl: { ca, rejectUnauthorized: true },
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'sundial-setup',
  })
  // A connection that is lost between two statements is reported here; the next statement then fails too, and is handled.
  client.on('error', () => undefined)
  return client
}

export async function readPassword(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).replace(/\r?\n$/, '')
}

function isStarting(error: unknown): boolean {
  if (isSystemError(error, 'ECONNREFUSED', 'ECONNRESET', NOT_YET)) return true
  // Node tries each address of a name, and then has an error for each.
  return error instanceof AggregateError && error.errors.every(isStarting)
}

function refused({ host, port, adminUser }: SetupOptions, database: string, error: unknown): Error {
  const what = error instanceof Error ? error.message : String(error)
  return postgresqlError(
    `PostgreSQL on ${host}:${port} refused ${adminUser} to ${database}: ${what}`,
    'The password, the certificates and the data folder must be of one and the same state folder.',
    error,
  )
}
