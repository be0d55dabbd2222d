import { escapeIdentifier, type Client } from 'pg'
import type { DatabaseOptions } from './setup-options.ts'

/** A database of its owner, closed to everyone else. */
export async function ensureDatabase(admin: Client, { name, owner }: DatabaseOptions): Promise<string[]> {
  const changes: string[] = []
  const { rows } = await admin.query<{ owner: string }>('SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = $1', [name])
  if (!rows[0]) {
    await admin.query(`CREATE DATABASE ${escapeIdentifier(name)} OWNER ${escapeIdentifier(owner)}`)
    changes.push(`database ${name}: made`)
  } else if (rows[0].owner !== owner) {
    await admin.query(`ALTER DATABASE ${escapeIdentifier(name)} OWNER TO ${escapeIdentifier(owner)}`)
    changes.push(`database ${name}: given to ${owner}`)
  }
  return [...changes, ...(await protectFromPublic(admin, name))]
}

/** By default every role may connect to every database, and make temporary tables there. */
export async function protectFromPublic(admin: Client, name: string): Promise<string[]> {
  // No list of privileges means the defaults. Grantee 0 is PUBLIC.
  const { rows } = await admin.query(
    "SELECT 1 FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) AS item WHERE datname = $1 AND item.grantee = 0",
    [name],
  )
  if (rows.length === 0) return []
  await admin.query(`REVOKE ALL ON DATABASE ${escapeIdentifier(name)} FROM PUBLIC`)
  return [`database ${name}: closed to others`]
}
