import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { escapeIdentifier, escapeLiteral } from 'pg'
import { lastLines, runCommand } from '../toolchain/run-command.ts'
import { readPassword } from './connect.ts'
import { postgresqlError } from './errors.ts'
import { findPostgresql } from './find-postgresql.ts'
import type { InitOptions } from './init-options.ts'
import { scramVerifier } from './scram.ts'
import { asUnprivileged } from './unprivileged.ts'

/** Stands beside a data folder that was made elsewhere, until its passwords are those of this platform. */
export const preparedMark = (dataFolder: string): string => `${dataFolder}.prepared`

/** Gives the roles of a data folder that was made elsewhere their passwords. The server must not run: what it would ask for is what nobody knows. */
export async function setPreparedPasswords({ dataFolder, major, superuser, passwordFile, roles }: InitOptions, signal?: AbortSignal): Promise<void> {
  const mark = preparedMark(dataFolder)
  if (!existsSync(mark)) return
  const passwords = [{ name: superuser, passwordFile }, ...roles]
  const statements = await Promise.all(
    passwords.map(
      async (role) => `ALTER ROLE ${escapeIdentifier(role.name)} PASSWORD ${escapeLiteral(await scramVerifier(await readPassword(role.passwordFile)))};\n`,
    ),
  )
  const { binFolder } = await findPostgresql({ major })
  // The database of the catalogue: roles are everybody's.
  const { command, args } = await asUnprivileged(join(binFolder, 'postgres'), ['--single', '-D', dataFolder, '-c', 'exit_on_error=true', 'postgres'])
  const lines: string[] = []
  const ended = await runCommand(command, args, { signal, input: statements.join(''), onErrorLine: (line) => lines.push(line) }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    return { code: String(error) }
  })
  if (ended.code !== 0) {
    throw postgresqlError(
      `the copy of a prepared database cannot be used: ${ended.code}\n${lastLines(lines.join('\n'), 10)}`,
      'Start again with --fresh: what it was copied from is thrown away.',
    )
  }
  await rm(mark)
}
