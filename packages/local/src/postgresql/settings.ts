import { readFile, stat, chown } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFileAtomically } from '../state/private-files.ts'
import type { InitOptions } from './init-options.ts'

const FILE = 'sundial.conf'
/** Every user may ask for every database, by password, from this machine; without TLS nobody connects. */
const ACCESS_RULES = ['hostssl all all 127.0.0.1/32 scram-sha-256', 'hostssl all all ::1/128 scram-sha-256'] as const

/**
 * Writes what differs from PostgreSQL's defaults to a file of its own, which postgresql.conf includes, and the rules of access.
 * Both are written anew each time, so what the plan says holds.
 */
export async function writeSettings(options: InitOptions): Promise<void> {
  const { dataFolder } = options
  await includeSettings(join(dataFolder, 'postgresql.conf'))
  await writeOwned(join(dataFolder, FILE), settingsFile(options))
  await writeOwned(join(dataFolder, 'pg_hba.conf'), `${ACCESS_RULES.join('\n')}\n`)
}

function settingsFile(options: InitOptions): string {
  const settings: Record<string, string> = {
    password_encryption: 'scram-sha-256',
    ...options.settings,
    // The rest is not for settings to change: encrypted, and on this machine only.
    listen_addresses: options.listen,
    port: String(options.port),
    unix_socket_directories: '',
    ssl: 'on',
    ssl_cert_file: options.certFile,
    ssl_key_file: options.keyFile,
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${quote(value)}`)
  return ['# Written at each start. To change a setting, change the platform.', ...lines, ''].join('\n')
}

/** The last line that sets something wins, so the file is included at the end. */
async function includeSettings(path: string): Promise<void> {
  const include = `include = '${FILE}'`
  const text = await readFile(path, 'utf8')
  if (text.split('\n').includes(include)) return
  await writeOwned(path, `${text.trimEnd()}\n\n${include}\n`)
}

/** The server may run as the folder's owner, another user than this process. */
async function writeOwned(path: string, content: string): Promise<void> {
  await writeFileAtomically(path, content)
  const { uid, gid } = await stat(join(path, '..'))
  if (uid !== process.getuid?.()) await chown(path, uid, gid)
}

/** In quotes of postgresql.conf, backslashes begin escapes and a quote is doubled. */
function quote(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\n', '\\n')}'`
}
