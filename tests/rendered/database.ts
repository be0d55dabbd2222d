import { readFile } from 'node:fs/promises'
import type { PostgresqlServer } from '@sundial/local/testing'
import type { Plan } from '@sundial/platform/model'
import pg from 'pg'

/** Makes roles, databases and extensions, which the operator does in a cluster. @param passwordOf by secret */
export async function makeDatabases(server: PostgresqlServer, { databases }: Plan, passwordOf: (secret: string) => string): Promise<void> {
  const roles = new Map(databases.map(({ owner, secret }) => [owner, passwordOf(secret)]))
  await query(server, 'postgres', async (client) => {
    for (const [role, password] of roles) await client.query(`CREATE ROLE ${client.escapeIdentifier(role)} LOGIN PASSWORD ${client.escapeLiteral(password)}`)
    for (const { name, owner } of databases) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} OWNER ${client.escapeIdentifier(owner)}`)
  })
  for (const { name, extensions } of databases)
    await query(server, name, async (client) => {
      for (const extension of extensions) await client.query(`CREATE EXTENSION ${client.escapeIdentifier(extension)}`)
    })
}

/** Does something as superuser. */
export async function query<T>({ host, port, caFile, superuser }: PostgresqlServer, database: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ host, port, database, ...superuser, ssl: { ca: await readFile(caFile, 'utf8') } })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}
