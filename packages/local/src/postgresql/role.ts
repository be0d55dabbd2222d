import { escapeIdentifier, escapeLiteral, type Client } from 'pg'
import { readPassword } from './connect.ts'
import { matchesVerifier, scramVerifier } from './scram.ts'
import type { DatabaseOptions } from './setup-options.ts'

interface RoleRow {
  readonly rolpassword: string | null
  readonly ordinary: boolean
}

/** A role that can log in with its password, and nothing more. */
export async function ensureRole(admin: Client, { owner, passwordFile }: DatabaseOptions): Promise<string[]> {
  const password = await readPassword(passwordFile)
  const { rows } = await admin.query<RoleRow>(
    'SELECT rolpassword, rolcanlogin AND NOT (rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls) AS ordinary FROM pg_authid WHERE rolname = $1',
    [owner],
  )
  const [role] = rows
  const attributes = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS'
  const changes: string[] = []
  if (!role) {
    await admin.query(`CREATE ROLE ${escapeIdentifier(owner)} ${attributes}`)
    changes.push(`role ${owner}: made`)
  } else if (!role.ordinary) {
    await admin.query(`ALTER ROLE ${escapeIdentifier(owner)} ${attributes}`)
    changes.push(`role ${owner}: attributes corrected`)
  }
  if (!(await matchesVerifier(password, role?.rolpassword ?? null))) {
    await admin.query(`ALTER ROLE ${escapeIdentifier(owner)} PASSWORD ${escapeLiteral(await scramVerifier(password))}`)
    changes.push(`role ${owner}: password set`)
  }
  return changes
}
