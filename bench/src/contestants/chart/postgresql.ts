import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asUnprivileged, findPostgresql } from '@sundial/local'
import { startChild, whileRunning, type Child } from '../../processes/child.ts'
import { cleanEnvironment } from '../../processes/environment.ts'
import { run } from '../../processes/run.ts'
import { until } from '../../processes/until.ts'
import type { DatabaseAccess } from '../contestant.ts'
import { connectDatabase } from '../../machine/database.ts'
import { DATABASE_PASSWORD, DATABASE_USER, DATABASES } from './server-config.ts'

/** The same major as Sundial's. */
const MAJOR = 15
const SUPERUSER = 'postgres'

export interface ClusterOptions {
  readonly folder: string
  readonly port: number
  readonly signal: AbortSignal
}

/** A data folder as `initdb` makes it, with the databases that Temporal wants, and nothing tuned. The server must be started first time by this. */
export async function makeCluster({ folder, port, signal }: ClusterOptions): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(passwordFile(folder), DATABASE_PASSWORD, { mode: 0o600 })
  const { binFolder } = await findPostgresql({ major: MAJOR })
  const args = ['-D', dataFolder(folder), '-U', SUPERUSER, '--auth=scram-sha-256', `--pwfile=${passwordFile(folder)}`, '--encoding=UTF8', '--locale=C.UTF-8']
  const initdb = await asUnprivileged(join(binFolder, 'initdb'), args)
  await run(initdb.command, initdb.args, { signal })
  const server = await startCluster({ folder, port, signal })
  try {
    const client = await connectDatabase(accessOf(folder, port))
    await client.query(`CREATE ROLE ${DATABASE_USER} LOGIN PASSWORD '${DATABASE_PASSWORD}'`)
    for (const name of Object.values(DATABASES)) await client.query(`CREATE DATABASE ${name} OWNER ${DATABASE_USER}`)
    await client.end()
  } finally {
    await server.stop()
  }
}

/** Starts the server, and waits until it takes connections. */
export async function startCluster({ folder, port, signal }: ClusterOptions): Promise<Child> {
  const { binFolder } = await findPostgresql({ major: MAJOR })
  const data = dataFolder(folder)
  const args = ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=']
  const { command, args: its } = await asUnprivileged(join(binFolder, 'postgres'), args, [data])
  const log = join(folder, 'postgresql.log')
  // A fast shutdown.
  const server = await startChild({ name: 'PostgreSQL', command, args: its, env: cleanEnvironment(), cwd: folder, log, stopSignal: 'SIGINT' })
  const answers = async () => {
    const client = await connectDatabase(accessOf(folder, port))
    await client.end()
    return true
  }
  await whileRunning(server, until('PostgreSQL takes connections', answers, { signal })).catch(async (error: unknown) => {
    await server.stop()
    throw error
  })
  return server
}

export function accessOf(folder: string, port: number): DatabaseAccess {
  return { host: '127.0.0.1', port, user: SUPERUSER, passwordFile: passwordFile(folder), visibility: DATABASES.visibility }
}

function dataFolder(folder: string): string {
  return join(folder, 'data')
}

function passwordFile(folder: string): string {
  return join(folder, 'password')
}
