import type { ClientBase } from 'pg'
import type { Migration } from './migration-files.ts'

/** The database and the migration files do not belong together. Nothing was changed. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

/** Any number, the same in each release: the key of the lock that lets one process migrate at a time. */
const LOCK = 7_301_446
/** How long to wait for another process that migrates. */
const LOCK_TIMEOUT = '60s'

export interface MigrationResult {
  /** What was applied now, in order. */
  readonly applied: readonly string[]
  /** What the database has and this release does not know: a later release was here. */
  readonly unknown: readonly string[]
}

/**
 * Brings the schema up to date, each migration in its own transaction. Safe to run again, and at the same time from several processes.
 * Throws a {@link MigrationError} when an applied file has changed since, or when a new one stands before an applied one.
 */
export async function migrate(client: ClientBase, migrations: readonly Migration[]): Promise<MigrationResult> {
  await client.query(`set lock_timeout = '${LOCK_TIMEOUT}'`)
  await client.query('select pg_advisory_lock($1)', [LOCK])
  let result: MigrationResult
  try {
    result = await applyPending(client, migrations)
  } catch (error) {
    // The lock ends with the session at the latest. What went wrong says more than an unlock that then fails too.
    await unlock(client).catch(() => {})
    throw error
  }
  await unlock(client)
  return result
}

async function applyPending(client: ClientBase, migrations: readonly Migration[]): Promise<MigrationResult> {
  await client.query(
    'create table if not exists applied_migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
  )
  const { rows } = await client.query<{ name: string; checksum: string }>('select name, checksum from applied_migrations order by name')
  const done = new Map(rows.map((row) => [row.name, row.checksum]))
  const pending = findPending(migrations, done)
  for (const migration of pending) await apply(client, migration)
  const known = new Set(migrations.map(({ name }) => name))
  return { applied: pending.map(({ name }) => name), unknown: [...done.keys()].filter((name) => !known.has(name)) }
}

async function unlock(client: ClientBase): Promise<void> {
  await client.query('select pg_advisory_unlock($1)', [LOCK])
}

function findPending(migrations: readonly Migration[], done: ReadonlyMap<string, string>): readonly Migration[] {
  const last = [...done.keys()].at(-1) ?? ''
  for (const { name, checksum } of migrations) {
    const applied = done.get(name)
    if (applied !== undefined && applied !== checksum) {
      throw new MigrationError(`migration ${name} was changed after it was applied to this database; restore the file, and put the change into a new migration`)
    }
    if (applied === undefined && name < last) throw new MigrationError(`migration ${name} is new, but ${last} is applied already; give it a number after that`)
  }
  return migrations.filter(({ name }) => !done.has(name))
}

async function apply(client: ClientBase, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(sql)
    await client.query('insert into applied_migrations (name, checksum) values ($1, $2)', [name, checksum])
    await client.query('commit')
  } catch (error) {
    const isRolledBack = await client.query('rollback').then(
      () => true,
      () => false,
    )
    const end = isRolledBack
      ? 'and was rolled back'
      : 'with its connection, so that the database rolls it back unless it was at its very end; run it again to see'
    throw new Error(`migration ${name} failed ${end}: ${(error as Error).message}`, { cause: error })
  }
}
