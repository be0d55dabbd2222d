import pg from 'pg'
import type { DatabaseSettings, PostgresqlSettings } from './postgresql-settings.ts'

/** Of the network, and `cannot_connect_now`: the server starts, stops or recovers. These may go away by themselves. */
const ABSENT = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', '57P03'])
/** What a driver says without a code when nobody answers. */
const ABSENT_MESSAGES = /timeout expired|Connection terminated/

/** Whether nobody answered, so that it is worth asking again. */
export function isAbsent(error: unknown): boolean {
  // Node tries each address of a name, and then has an error for each.
  if (error instanceof AggregateError) return error.errors.every(isAbsent)
  return ABSENT.has(codeOf(error)) || ABSENT_MESSAGES.test(textOf(error))
}

/** Why a login failed, and what to do. Never a password. */
export function explainRefusal(error: unknown, settings: PostgresqlSettings, { database, user, passwordFile }: DatabaseSettings): string {
  const said = textOf(error)
  const role = pg.escapeIdentifier(user)
  const name = pg.escapeIdentifier(database)
  if (isAbsent(error)) return `nobody answers (${said}): check postgresql.external.host and port, that the server is up, and firewalls between`
  if (isTls(error)) return explainTls(error, settings)
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

/** OpenSSL's codes of certificates that are not accepted, and Node's. */
const CERTIFICATE_CODES = /^(SELF_SIGNED|UNABLE_TO|DEPTH_ZERO|CERT_|ERR_TLS|ERR_SSL|EPROTO)/
const NO_TLS = 'The server does not support SSL connections'

function isTls(error: unknown): boolean {
  return CERTIFICATE_CODES.test(codeOf(error)) || textOf(error) === NO_TLS
}

function explainTls(error: unknown, { tls, host }: PostgresqlSettings): string {
  const said = textOf(error)
  if (said === NO_TLS) return 'it has no TLS: switch it on there (ssl = on). Only on a private network, write postgresql.external.tls: false'
  if (codeOf(error) === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `its certificate is not for "${host}" (${said}): write in postgresql.external.host a name that is in the certificate`
  const trusted = tls && tls.caFile !== undefined ? `the root in ${tls.caFile}` : 'the public roots (those of Node, and in NODE_EXTRA_CA_CERTS)'
  return `its certificate is not trusted (${said}). It was checked against ${trusted}: give the root that signed it (postgresql.external.tls.trust: 'given-ca'), or renew the certificate`
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? code : ''
}

function textOf(error: unknown): string {
  if (error instanceof AggregateError) return [...new Set(error.errors.map(textOf))].join('; ')
  return error instanceof Error ? error.message : String(error)
}
