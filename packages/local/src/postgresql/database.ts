import { escapeIdentifier, escapeLiteral, type Client } from 'pg'
import type { DatabaseOptions, SetupOptions } from './setup-options.ts'

/** A database of its owner, closed to everyone else, with the defaults for its sessions. */
export async function ensureDatabase(admin: Client, { name, owner }: DatabaseOptions, settings: SetupOptions['settings']): Promise<string[]> {
  const changes: string[] = []
  const { rows } = await admin.query<{ owner: string }>('SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = $1', [name])
  if (!rows[0]) {
    await admin.query(`CREATE DATABASE ${escapeIdentifier(name)} OWNER ${escapeIdentifier(owner)}`)
    changes.push(`database ${name}: made`)
  } else if (rows[0].owner !== owner) {
    await admin.query(`ALTER DATABASE ${escapeIdentifier(name)} OWNER TO ${escapeIdentifier(owner)}`)
    changes.push(`database ${name}: given to ${owner}`)
  }
  return [...changes, ...(await protectFromPublic(admin, name)), ...(await ensureSettings(admin, name, settings))]
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

async function ensureSettings(admin: Client, name: string, settings: SetupOptions['settings']): Promise<string[]> {
  const { rows } = await admin.query<{ setconfig: string[] }>(
    'SELECT setconfig FROM pg_db_role_setting WHERE setrole = 0 AND setdatabase = (SELECT oid FROM pg_database WHERE datname = $1)',
    [name],
  )
  const current = new Set(rows[0]?.setconfig)
  const changes: string[] = []
  for (const [setting, value] of Object.entries(settings)) {
    if (current.has(`${setting}=${value}`)) continue
    await admin.query(`ALTER DATABASE ${escapeIdentifier(name)} SET ${setting.split('.').map(escapeIdentifier).join('.')} TO ${escapeLiteral(value)}`)
    changes.push(`database ${name}: ${setting} set`)
  }
  return changes
}
