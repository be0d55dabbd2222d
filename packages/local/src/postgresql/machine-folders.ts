import { realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

/** Where a machine's own PostgreSQL may be: the usual folders of this major, then whatever the PATH leads to. */
export function machineFolders(major: number, env: NodeJS.ProcessEnv): string[] {
  const usual = [
    `/usr/lib/postgresql/${major}/bin`, // Debian, Ubuntu
    `/usr/pgsql-${major}/bin`, // Red Hat, from postgresql.org
    `/opt/homebrew/opt/postgresql@${major}/bin`, // Homebrew on Apple silicon
    `/usr/local/opt/postgresql@${major}/bin`, // Homebrew on Intel
    `/Applications/Postgres.app/Contents/Versions/${major}/bin`,
  ]
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => behindLinks(join(folder, 'postgres')))
  return [...new Set([...usual, ...onPath.filter((folder) => folder !== undefined)])]
}

/** A link on the PATH may lead to a folder with all commands. */
function behindLinks(program: string): string | undefined {
  try {
    return dirname(realpathSync(program))
  } catch {
    return undefined
  }
}
