import { escapeIdentifier, type Client } from 'pg'
import type { DatabaseOptions } from './setup-options.ts'

/** Extensions, which a superuser has to make, and the schema `public` as its owner's alone. The client is connected to the database. */
export async function ensureContent(client: Client, { name, owner, extensions }: DatabaseOptions): Promise<string[]> {
  const changes: string[] = []
  const { rows: present } = await client.query<{ extname: string }>('SELECT extname FROM pg_extension')
  for (const extension of extensions) {
    if (present.some(({ extname }) => extname === extension)) continue
    await client.query(`CREATE EXTENSION ${escapeIdentifier(extension)}`)
    changes.push(`database ${name}: extension ${extension} made`)
  }
  const { rows: schemas } = await client.query<{ owner: string; open: boolean }>(
    "SELECT pg_get_userbyid(nspowner) AS owner, EXISTS (SELECT FROM aclexplode(nspacl) AS item WHERE item.grantee = 0) AS open FROM pg_namespace WHERE nspname = 'public'",
  )
  const [schema] = schemas
  if (schema && schema.owner !== owner) {
    await client.query(`ALTER SCHEMA public OWNER TO ${escapeIdentifier(owner)}`)
    changes.push(`database ${name}: schema public given to ${owner}`)
  }
  if (schema?.open) {
    await client.query('REVOKE ALL ON SCHEMA public FROM PUBLIC')
    changes.push(`database ${name}: schema public closed to others`)
  }
  return changes
}
