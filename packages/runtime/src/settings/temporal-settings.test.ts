import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { SettingsError } from './settings-error.ts'
import { SettingsReader } from './settings-reader.ts'
import { readTemporalSettings } from './temporal-settings.ts'
import { loadTemporalTls } from './temporal-tls.ts'

const folder = mkdtempSync(join(tmpdir(), 'temporal-settings-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string) => {
  writeFileSync(join(folder, name), `content of ${name}\n`)
  return join(folder, name)
}
const base = { TEMPORAL_ADDRESS: 'localhost:7233', TEMPORAL_NAMESPACE: 'orders' }

function read(env: NodeJS.ProcessEnv) {
  const reader = new SettingsReader({ ...base, ...env })
  const settings = readTemporalSettings(reader)
  reader.finish()
  return settings
}

function problems(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    read(env)
    return []
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
}

test('the least: no encryption, no identity', () => {
  expect(read({})).toEqual({ address: 'localhost:7233', namespace: 'orders', credentials: { kind: 'none' } })
})

test('mutual TLS and client credentials', async () => {
  const settings = read({
    TEMPORAL_TLS_SERVER_NAME: 'frontend',
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: file('ca'),
    TEMPORAL_TLS_CLIENT_CERT_PATH: file('crt'),
    TEMPORAL_TLS_CLIENT_KEY_PATH: file('key'),
    OIDC_ISSUER: 'http://127.0.0.1:9000',
    OIDC_CLIENT_ID: 'orders-worker',
    OIDC_CLIENT_SECRET_FILE: file('secret'),
  })
  expect(settings.credentials).toEqual({
    kind: 'client-credentials',
    issuer: 'http://127.0.0.1:9000',
    clientId: 'orders-worker',
    clientSecret: 'content of secret',
    clientSecretFile: file('secret'),
    scope: 'permissions',
  })
  expect(await loadTemporalTls(settings.tls)).toEqual({
    serverNameOverride: 'frontend',
    serverRootCACertificate: Buffer.from('content of ca\n'),
    clientCertPair: { crt: Buffer.from('content of crt\n'), key: Buffer.from('content of key\n') },
  })
})

test('a token is encrypted unless that is refused', async () => {
  expect(read({ TEMPORAL_API_KEY: 'k' }).tls).toEqual({})
  const plain = read({ TEMPORAL_API_KEY: 'k', TEMPORAL_TLS: 'false' })
  expect(plain).toEqual({ address: 'localhost:7233', namespace: 'orders', credentials: { kind: 'api-key', apiKey: 'k' } })
  expect(await loadTemporalTls(plain.tls)).toBe(false)
})

test('certificates as texts, beside one in a file', async () => {
  const pem = (what: string) => `-----BEGIN ${what}-----\nAA==\n-----END ${what}-----`
  const settings = read({
    TEMPORAL_TLS_SERVER_CA_CERT_DATA: pem('CERTIFICATE'),
    TEMPORAL_TLS_CLIENT_CERT_DATA: `${pem('CERTIFICATE')}\n`,
    TEMPORAL_TLS_CLIENT_KEY_PATH: file('key'),
  })
  expect(await loadTemporalTls(settings.tls)).toEqual({
    serverRootCACertificate: Buffer.from(pem('CERTIFICATE')),
    clientCertPair: { crt: Buffer.from(pem('CERTIFICATE')), key: Buffer.from('content of key\n') },
  })
})

test('an API key in a file, and headers', () => {
  expect(read({ TEMPORAL_API_KEY_FILE: file('api-key') }).credentials).toEqual({ kind: 'api-key', apiKey: 'content of api-key', apiKeyFile: file('api-key') })
  expect(read({ TEMPORAL_GRPC_META_X_TEAM_NAME: 'orders', TEMPORAL_GRPC_META_OTHER: '' }).metadata).toEqual({ 'x-team-name': 'orders' })
  expect(read({ TEMPORAL_GRPC_META_AUTHORIZATION: 'Basic eDp5' }).metadata).toEqual({ authorization: 'Basic eDp5' })
})

test('TLS can be asked for alone', () => {
  expect(read({ TEMPORAL_TLS: 'true' }).tls).toEqual({})
})

test('an IPv6 address keeps its brackets', () => {
  expect(read({ TEMPORAL_ADDRESS: '[::1]:7233' }).address).toBe('[::1]:7233')
})

const oidc = { OIDC_ISSUER: 'https://id', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 's' }
test.each<[string, NodeJS.ProcessEnv, string[]]>([
  ['complete', oidc, []],
  [
    'a certificate alone',
    { TEMPORAL_TLS_CLIENT_CERT_PATH: file('c') },
    ['TEMPORAL_TLS_CLIENT_KEY_PATH (or _DATA) is not set; a client certificate and its key come together'],
  ],
  [
    'a key alone',
    { TEMPORAL_TLS_CLIENT_KEY_PATH: file('k') },
    ['TEMPORAL_TLS_CLIENT_CERT_PATH (or _DATA) is not set; a client certificate and its key come together'],
  ],
  ['two identities', { ...oidc, TEMPORAL_API_KEY: 'k' }, ['TEMPORAL_API_KEY and OIDC_CLIENT_ID are both set; a process has one identity, so set one of them']],
  ['no issuer', { ...oidc, OIDC_ISSUER: undefined }, ['OIDC_ISSUER is not set']],
  ['an issuer that is no URL', { ...oidc, OIDC_ISSUER: 'id.example' }, ['OIDC_ISSUER is "id.example"; write an http or https URL']],
  [
    'no secret',
    { ...oidc, OIDC_CLIENT_SECRET: undefined },
    ['OIDC_CLIENT_SECRET_FILE is not set; name the file with the secret of OIDC_CLIENT_ID, or set OIDC_CLIENT_SECRET'],
  ],
  ['a secret alone', { OIDC_CLIENT_SECRET: 's' }, ['OIDC_CLIENT_ID is not set, but OIDC_CLIENT_SECRET is; set both, or neither']],
  [
    'a certificate twice',
    { TEMPORAL_TLS_SERVER_CA_CERT_PATH: file('ca'), TEMPORAL_TLS_SERVER_CA_CERT_DATA: '-----BEGIN CERTIFICATE-----' },
    ['TEMPORAL_TLS_SERVER_CA_CERT_PATH and TEMPORAL_TLS_SERVER_CA_CERT_DATA are both set; set one of them'],
  ],
  [
    'a path as a text',
    { TEMPORAL_TLS_SERVER_CA_CERT_DATA: '/tls/ca.crt' },
    [
      'TEMPORAL_TLS_SERVER_CA_CERT_DATA is not PEM; write the text of the file, from -----BEGIN to the end, or name the file in TEMPORAL_TLS_SERVER_CA_CERT_PATH',
    ],
  ],
  [
    'an API key twice',
    { TEMPORAL_API_KEY: 'k', TEMPORAL_API_KEY_FILE: file('api-key') },
    ['TEMPORAL_API_KEY and TEMPORAL_API_KEY_FILE are both set; set one of them'],
  ],
  [
    'a header that is the token’s, one of gRPC, one with a bad name, one with a bad value',
    {
      TEMPORAL_API_KEY: 'k',
      TEMPORAL_GRPC_META_AUTHORIZATION: 'Bearer x',
      TEMPORAL_GRPC_META_GRPC_TIMEOUT: '1S',
      'TEMPORAL_GRPC_META_A/B': '1',
      TEMPORAL_GRPC_META_TEAM: 'Zürich',
    },
    [
      'TEMPORAL_GRPC_META_AUTHORIZATION is set, and this process sends a token there; remove one of them',
      'TEMPORAL_GRPC_META_GRPC_TIMEOUT makes the header "grpc-timeout"; names that begin with "grpc-" or end with "-bin" are gRPC\'s own',
      'TEMPORAL_GRPC_META_A/B makes the header "a/b"; write letters, digits, "-", "_" and "." only',
      'TEMPORAL_GRPC_META_TEAM has a character that a header cannot have; write printable ASCII',
    ],
  ],
  ['a file of a secret alone', { OIDC_CLIENT_SECRET_FILE: file('s') }, ['OIDC_CLIENT_ID is not set, but OIDC_CLIENT_SECRET_FILE is; set both, or neither']],
])('%s', (_, env, expected) => {
  expect(problems(env)).toEqual(expected)
})
