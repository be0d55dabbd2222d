import pg from 'pg'
import { codeOf, explainTls, isTls, isUnreachable, textOf } from './connection-errors.ts'
import type { DatabaseSettings, PostgresqlSettings } from './postgresql-settings.ts'

/** `cannot_connect_now`: the server starts, stops or recovers. */
const NOT_NOW = '57P03'
const NO_TLS = 'The server does not support SSL connections'
/** What a driver says without a code when nobody answers. */
const ABSENT_MESSAGES = /timeout expired|Connection terminated/

/** Whether nobody answered, so that it is worth asking again. */
export function isAbsent(error: unknown): boolean {
  return isUnreachable(error) || codeOf(error) === NOT_NOW || ABSENT_MESSAGES.test(textOf(error))
}

/** Why a login failed, and what to do. Never a password. */
export function explainRefusal(error: unknown, settings: PostgresqlSettings, { database, user, passwordFile }: DatabaseSettings): string {
  const said = textOf(error)
  const role = pg.escapeIdentifier(user)
  const name = pg.escapeIdentifier(database)
  if (isAbsent(error)) return `nobody answers (${said}): check postgresql.external.host and port, that the server is up, and firewalls between`
  if (said === NO_TLS) return 'it has no TLS: switch it on there (ssl = on). Only on a private network, write postgresql.external.tls: false'
  if (isTls(error)) return explainTls(error, 'postgresql.external', settings)
  switch (codeOf(error)) {
    case '28P01':
      return `the password of ${user} in ${passwordFile} is refused, or there is no such role. As an administrator: CREATE ROLE ${role} LOGIN, and give it that password`
    case '28000':
      return `${user} is not let in (${said}): see pg_hba.conf of the server, or whether the role exists and has LOGIN`
    case '3D000':
      return `there is no database ${database}. As an administrator: CREATE DATABASE ${name} OWNER ${role}`
    case '42501':
      return `${user} may not connect to the database ${database}. As an administrator: ALTER DATABASE ${name} OWNER TO ${role}`
    default:
      return `${user} could not log in to the database ${database}: ${said}`
  }
}
