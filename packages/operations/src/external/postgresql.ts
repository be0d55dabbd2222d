import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from '@sundial/runtime'
import pg from 'pg'
import { UnusableError } from './job.ts'
import { contentProblems } from './postgresql-content.ts'
import { explainRefusal, isAbsent } from './postgresql-refusals.ts'
import type { DatabaseSettings, PostgresqlSettings } from './postgresql-settings.ts'

/** Milliseconds between two attempts to reach it. */
const PERIOD_MS = 500
/** For one attempt to connect and log in, and for one question. */
const TIMEOUT_MS = 5000

/**
 * Logs in to every database as its owner, over TLS as it will be used, and looks whether all is there. A server that does not answer is asked
 * again for a while. Throws an {@link UnusableError} with every problem, and the SQL that mends it.
 */
export async function checkPostgresql(settings: PostgresqlSettings, logger: Logger): Promise<void> {
  const deadline = Date.now() + settings.patienceSeconds * 1000
  const problems: string[] = []
  for (const database of settings.databases) problems.push(...(await problemsOf(settings, database, { deadline, logger })))
  const unique = [...new Set(problems)]
  if (unique.length > 0) throw new UnusableError(`PostgreSQL at ${settings.host}:${settings.port}`, unique)
  logger.info({ databases: settings.databases.map(({ database }) => database) }, 'PostgreSQL is as the platform needs it')
}

interface Waiting {
  /** Milliseconds since 1970. */
  readonly deadline: number
  readonly logger: Logger
}

async function problemsOf(settings: PostgresqlSettings, database: DatabaseSettings, { deadline, logger }: Waiting): Promise<string[]> {
  for (;;) {
    const client = await newClient(settings, database)
    try {
      await client.connect()
      return await contentProblems(client, settings, database)
    } catch (error) {
      if (!isAbsent(error) || Date.now() >= deadline) return [explainRefusal(error, settings, database)]
      logger.info({ reason: explainRefusal(error, settings, database) }, 'PostgreSQL does not answer yet')
    } finally {
      await client.end().catch(() => undefined)
    }
    await pause(PERIOD_MS)
  }
}

async function newClient({ host, port, tls }: PostgresqlSettings, { database, user, passwordFile }: DatabaseSettings): Promise<pg.Client> {
  const client = new pg.Client({
    host,
    port,
    database,
    user,
    password: (await readFile(passwordFile, 'utf8')).trim(),
    ssl: tls && { rejectUnauthorized: true, ...(tls.caFile !== undefined && { ca: await readFile(tls.caFile, 'utf8') }) },
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
    application_name: 'sundial-check',
  })
  // A connection that breaks is reported here, and by the question that it breaks.
  client.on('error', () => undefined)
  return client
}
