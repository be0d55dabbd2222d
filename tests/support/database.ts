import pg from 'pg'
import { addressOf, secret } from './platform.ts'
import { rootOf } from './tls.ts'

export interface Login {
  readonly user: string
  readonly database: string
  /** The secret that has the password. */
  readonly secret: string
  /** Another one, or none. */
  readonly password?: string | undefined
  /** @default true */
  readonly tls?: boolean
  /** Trust domain whose root the server's certificate must be of. @default `database` */
  readonly trusts?: string
}

/** Rows, or the code of PostgreSQL's error (or the driver's) with its text. */
export type QueryOutcome = { readonly rows: readonly any[] } | { readonly code: string | undefined; readonly message: string }

/** Logs in, asks one thing, and leaves. */
export async function query(login: Login, sql = 'SELECT current_user AS user, current_database() AS database'): Promise<QueryOutcome> {
  const client = await clientOf(login)
  try {
    await client.connect()
    return { rows: (await client.query(sql)).rows }
  } catch (error) {
    const { code, message } = error as Error & { code?: string }
    return { code, message }
  } finally {
    await client.end()
  }
}

async function clientOf({ user, database, tls = true, trusts = 'database', ...login }: Login): Promise<pg.Client> {
  const [host, port] = (await addressOf('postgresql', 'sql')).split(':')
  const password = 'password' in login ? login.password : await secret(login.secret, 'password')
  const client = new pg.Client({ host, port: Number(port), user, database, password, ssl: tls && { ca: await rootOf(trusts), rejectUnauthorized: true } })
  // A refused connection is reported here as well.
  client.on('error', () => undefined)
  return client
}
