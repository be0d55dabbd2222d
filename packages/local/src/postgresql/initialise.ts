import { rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { listIfPresent, makePrivateFolder, readFileIfPresent } from '../state/private-files.ts'
import { lastLines, runCommand } from '../toolchain/run-command.ts'
import { postgresqlError } from './errors.ts'
import { unflushedMark } from './flush.ts'
import { findPostgresql } from './find-postgresql.ts'
import type { InitOptions } from './init-options.ts'
import { setPreparedPasswords } from './prepared.ts'
import { writeSettings } from './settings.ts'
import { asUnprivileged } from './unprivileged.ts'

/**
 * Makes a data folder if there is none, and writes the server's settings and access rules. The server must not run.
 * @throws SundialError if the folder holds something else, or is of another major
 */
export async function initialise(options: InitOptions, signal?: AbortSignal): Promise<void> {
  const { dataFolder, major } = options
  const found = await majorOf(dataFolder)
  if (found === undefined) await makeDataFolder(options, signal)
  else if (found !== String(major)) {
    throw postgresqlError(
      `${dataFolder} was made by PostgreSQL ${found}; the platform runs ${major}`,
      `Use PostgreSQL ${found}, or back its databases up, remove the folder, and restore them.`,
    )
  }
  await setPreparedPasswords(options, signal)
  await writeSettings(options)
}

/** What `initdb` writes when it begins; nothing for a folder that is empty or not there. */
async function majorOf(dataFolder: string): Promise<string | undefined> {
  const version = await readFileIfPresent(join(dataFolder, 'PG_VERSION'))
  if (version !== undefined) return version.trim()
  const content = await listIfPresent(dataFolder)
  if (content.length === 0) return undefined
  throw postgresqlError(
    `${dataFolder} is not a data folder of PostgreSQL, and not empty: it holds ${content.slice(0, 3).join(', ')}`,
    'Move it away, and start again.',
  )
}

/** Made beside its place and moved there when it is complete, so an interrupted `initdb` leaves nothing to be mistaken for data. */
async function makeDataFolder(options: InitOptions, signal?: AbortSignal): Promise<void> {
  const { binFolder } = await findPostgresql({ major: options.major })
  const staging = `${options.dataFolder}.incomplete`
  await makePrivateFolder(dirname(staging))
  await rm(staging, { recursive: true, force: true })
  const args = [
    `--pgdata=${staging}`,
    `--username=${options.superuser}`,
    `--pwfile=${options.passwordFile}`,
    '--auth=scram-sha-256',
    ...LOCALE,
    '--data-checksums',
    '--no-instructions',
    // See flushDataFolder.
    '--no-sync',
  ]
  const initdb = await asUnprivileged(join(binFolder, 'initdb'), args)
  const { code, stdout, stderr } = await runCommand(initdb.command, initdb.args, { signal })
  if (code !== 0) throw postgresqlError(`initdb ended with ${code}:\n${lastLines(stderr || stdout, 10)}`, 'The lines above say what it could not do.')
  await writeFile(unflushedMark(options.dataFolder), '')
  await rename(staging, options.dataFolder)
}

/** The same order of texts on every machine, and letters of all languages. Only Linux has this locale everywhere. */
const LOCALE = ['--encoding=UTF8', `--locale=${process.platform === 'linux' ? 'C.UTF-8' : 'C'}`]
