import { databaseLogin } from './model/database-login.ts'
import type { Plan } from './model/plan.ts'
import type { Database } from './model/resources.ts'

/**
 * What an administrator of an external PostgreSQL runs once with psql, so that roles and databases are as the plan needs them. Passwords are read
 * by psql from the files that people give: none is in the text or on a command line. Nothing if PostgreSQL is run here.
 *
 * @param fileOf path of a secret's file
 */
export function databaseSql({ platform, databases }: Plan, fileOf: (secret: string, key: string) => string): string | undefined {
  const { external } = platform.postgresql
  if (!external) return undefined
  const logins = databases.map((database) => ({ ...database, ...databaseLogin(platform, database) }))
  const roles = new Map(logins.map(({ user, secret }) => [user, secret]))
  return [
    `-- Roles and databases of ${platform.name}, ${platform.environment}, for PostgreSQL at ${external.host}:${external.port}.`,
    '-- For psql, in the folder of the configuration, as a role that may make roles and databases.',
    '\\set ON_ERROR_STOP on',
    ...[...roles].flatMap(([user, secret]) => roleSql(user, fileOf(secret, 'password'))),
    ...logins.flatMap(databaseLines),
    '',
  ].join('\n')
}

function roleSql(user: string, file: string): string[] {
  // In backquotes psql runs a command; a quote in a path ends the shell's quotes, and begins them again.
  return ['', `\\set password \`cat '${file.replaceAll("'", String.raw`'\''`)}'\``, `CREATE ROLE ${quoted(user)} LOGIN PASSWORD :'password';`]
}

function databaseLines({ database, user, extensions }: Database & { readonly database: string; readonly user: string }): string[] {
  return [
    '',
    `CREATE DATABASE ${quoted(database)} OWNER ${quoted(user)} ENCODING 'UTF8' TEMPLATE template0;`,
    `REVOKE ALL ON DATABASE ${quoted(database)} FROM PUBLIC;`,
    `\\connect ${quoted(database)}`,
    `ALTER SCHEMA public OWNER TO ${quoted(user)};`,
    'REVOKE ALL ON SCHEMA public FROM PUBLIC;',
    ...extensions.map((extension) => `CREATE EXTENSION ${quoted(extension)};`),
  ]
}

/** The settings and the checks of the plan let no quotes in. */
function quoted(identifier: string): string {
  return `"${identifier}"`
}
