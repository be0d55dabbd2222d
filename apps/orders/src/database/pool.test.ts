import { execFile } from 'node:child_process'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SettingsReader } from '@sundial/runtime'
import { describe, expect, test } from 'vitest'
import { silent } from '../testing/fixture.ts'
import type { TestPostgresql } from '../testing/postgresql.ts'
import { withPostgresql } from '../testing/with-postgresql.ts'
import { createPool } from './pool.ts'
import { readDatabaseSettings } from './settings.ts'

let server: TestPostgresql
let folder: string

/** A certificate that is its own root, for 127.0.0.1 and no name. */
async function certificate(name: string): Promise<void> {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)]
  await promisify(execFile)('openssl', [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    key,
    '-out',
    cert,
    '-days',
    '2',
    '-subj',
    `/CN=${name}`,
    '-addext',
    'subjectAltName=IP:127.0.0.1',
  ])
  await chmod(key, 0o600)
}

async function encrypted(env: NodeJS.ProcessEnv): Promise<unknown> {
  const { host, port, database, user, password } = server.settings
  const reader = new SettingsReader({ PGHOST: host, PGPORT: String(port), PGDATABASE: database, PGUSER: user, PGPASSWORD: String(password), ...env })
  const settings = readDatabaseSettings(reader)
  reader.finish()
  const pool = createPool(settings, silent)
  try {
    const { rows } = await pool.query<{ ssl: boolean }>('select ssl from pg_stat_ssl where pid = pg_backend_pid()')
    return rows[0]?.ssl
  } finally {
    await pool.end()
  }
}

describe('with a server', () => {
  withPostgresql(
    (started) => void (server = started),
    async (state) => {
      folder = state
      await certificate('server')
      await certificate('stranger')
      return { ssl: 'on', ssl_cert_file: join(state, 'server.crt'), ssl_key_file: join(state, 'server.key') }
    },
  )

  test('encrypts, for a server that the root speaks for', async () => {
    expect(await encrypted({ PGSSLMODE: 'verify-full', PGSSLROOTCERT: join(folder, 'server.crt') })).toBe(true)
    expect(await encrypted({ PGSSLMODE: 'disable' })).toBe(false)
  })

  test('refuses a server of another root, and one with another address', async () => {
    await expect(encrypted({ PGSSLROOTCERT: join(folder, 'stranger.crt') })).rejects.toThrow(/self-signed certificate/)
    await expect(encrypted({ PGSSLROOTCERT: join(folder, 'server.crt'), PGHOST: 'localhost' })).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
  })
})

test('refuses the modes that do not check the server, and names every problem at once', () => {
  const reader = new SettingsReader({ PGSSLMODE: 'require', PGPASSWORD: 'secret-word', PGSSLROOTCERT: '/nowhere.crt' })
  readDatabaseSettings(reader)
  expect(() => reader.finish()).toThrowError(
    expect.objectContaining({
      problems: [
        'PGHOST is not set',
        'PGDATABASE is not set',
        'PGUSER is not set',
        'PGSSLMODE is "require"; write verify-full, or disable for a database on this machine',
        expect.stringContaining('/nowhere.crt'),
      ],
    }),
  )
})
