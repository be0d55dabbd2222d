import { readFile } from 'node:fs/promises'
import pg from 'pg'
import type { DatabaseAccess } from '../contestants/contestant.ts'
import { until } from '../processes/until.ts'

/** What a server has written since it was made. */
export interface WriteCounts {
  /** Bytes of write-ahead log. */
  readonly walBytes: number
  /** Transactions that wrote something. */
  readonly transactions: number
}

/** A contestant's PostgreSQL, seen by its superuser. */
export interface Database {
  counts(): Promise<WriteCounts>
  /** Workflows that have ended, as far as visibility knows. */
  closedWorkflows(): Promise<number>
  /** Waits until visibility knows so many. */
  untilClosed(count: number, signal: AbortSignal): Promise<void>
  /** What decides what a commit costs, and what it is worth. */
  settings(): Promise<Readonly<Record<string, string>>>
  close(): Promise<void>
}

const RECORDED = [
  'server_version',
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'wal_level',
  'wal_compression',
  'data_checksums',
  'ssl',
  'shared_buffers',
  'max_wal_size',
  'checkpoint_timeout',
  'max_connections',
] as const

/** How often it is looked whether visibility knows all, milliseconds. */
const LOOK_MS = 100

/** @returns nothing for a contestant without PostgreSQL */
export async function openDatabase(access: DatabaseAccess | undefined): Promise<Database | undefined> {
  if (access === undefined) return undefined
  const client = await connectDatabase(access, access.visibility)
  const closedWorkflows = async () => Number(await one(client, 'SELECT count(*) AS value FROM executions_visibility WHERE status <> 1'))
  return {
    // Not from pg_stat_wal and pg_stat_database: these hear of what a connection did up to ten seconds later, and count transactions that only read.
    counts: async () => ({
      walBytes: Number(await one(client, "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') AS value")),
      transactions: Number(await one(client, 'SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS value')),
    }),
    closedWorkflows,
    async untilClosed(count, signal) {
      const all = async () => ((await closedWorkflows()) >= count ? true : undefined)
      await until(`visibility knows ${count} workflows that ended`, all, { signal, everyMs: LOOK_MS })
    },
    async settings() {
      const text = 'SELECT name, current_setting(name) AS value FROM pg_settings WHERE name = ANY($1) ORDER BY name'
      const { rows } = await client.query<{ name: string; value: string }>(text, [RECORDED])
      return Object.fromEntries(rows.map(({ name, value }) => [`postgresql ${name}`, value]))
    },
    close: () => client.end(),
  }
}

/** A connection of the superuser. */
export async function connectDatabase({ host, port, user, passwordFile, caFile }: DatabaseAccess, database = 'postgres'): Promise<pg.Client> {
  const password = (await readFile(passwordFile, 'utf8')).trim()
  const client = new pg.Client({ host, port, user, password, database, ...(caFile !== undefined && { ssl: { ca: await readFile(caFile, 'utf8') } }) })
  // One that is lost while nobody asks: the next question fails.
  client.on('error', () => undefined)
  await client.connect()
  return client
}

async function one(client: pg.Client, query: string): Promise<string | undefined> {
  const { rows } = await client.query<{ value: string }>(query)
  return rows[0]?.value
}
