import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The folder of `postgres` and `initdb`, or in words why there is none that these tests can use. */
export type FoundPostgresql = { readonly folder: string } | { readonly missing: string }

/** What the orders database runs on. */
const MAJOR = 15
const VARIABLE = 'SUNDIAL_PROGRAM_POSTGRESQL'
/** Where the packages of operating systems put it: Debian, Red Hat, Homebrew on either processor. */
const FOLDERS = [
  `/usr/lib/postgresql/${MAJOR}/bin`,
  `/usr/pgsql-${MAJOR}/bin`,
  `/opt/homebrew/opt/postgresql@${MAJOR}/bin`,
  `/usr/local/opt/postgresql@${MAJOR}/bin`,
]

/** Looks where SUNDIAL_PROGRAM_POSTGRESQL says and, if that says nothing, in the usual folders and the PATH. */
export function findPostgresql(env: NodeJS.ProcessEnv = process.env, folders: readonly string[] = FOLDERS): FoundPostgresql {
  if (process.getuid?.() === 0 && process.platform !== 'linux') return { missing: 'PostgreSQL does not run as root' }
  const named = env[VARIABLE]
  if (named) return isRight(named) ? { folder: named } : { missing: `${VARIABLE} names ${named}, which has no PostgreSQL ${MAJOR}` }
  const folder = [...folders, ...(env['PATH'] ?? '').split(delimiter)].find((candidate) => candidate !== '' && isRight(candidate))
  return folder === undefined ? { missing: `PostgreSQL ${MAJOR} is not installed; install it, or set ${VARIABLE} to the folder of its programs` } : { folder }
}

function isRight(folder: string): boolean {
  if (!['postgres', 'initdb'].every((program) => existsSync(join(folder, program)))) return false
  try {
    return execFileSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' }).includes(`(PostgreSQL) ${MAJOR}.`)
  } catch {
    return false
  }
}
