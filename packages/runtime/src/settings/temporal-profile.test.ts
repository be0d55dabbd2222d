import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { SettingsError } from './settings-error.ts'
import { SettingsReader } from './settings-reader.ts'
import { readTemporalSettings } from './temporal-settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'temporal-profile-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, content = 'pem') => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const TEMPORAL_CONFIG_FILE = file(
  'temporal.toml',
  `
[profile.default]
address = "localhost:7233"
namespace = "default"
[profile.cloud]
address = "orders.a1b2c.tmprl.cloud:7233"
namespace = "orders.a1b2c"
api_key = "key"
[profile.cloud.tls]
server_name = "frontend"
client_cert_path = "${file('crt')}"
client_key_path = "${file('key')}"
[profile.inline]
address = "localhost:7233"
namespace = "inline"
api_key = "key"
[profile.inline.tls]
client_cert_data = "-----BEGIN CERTIFICATE-----"
client_key_data = "-----BEGIN PRIVATE KEY-----"
[profile.inline.grpc_meta]
X_Team_Name = "orders"
x-region = "eu"
`,
)

function read(env: NodeJS.ProcessEnv) {
  const reader = new SettingsReader(env)
  const settings = readTemporalSettings(reader)
  reader.finish()
  return settings
}

test('reads a profile, and the environment wins', () => {
  expect(read({ TEMPORAL_CONFIG_FILE })).toEqual({ address: 'localhost:7233', namespace: 'default', credentials: { kind: 'none' } })
  expect(read({ TEMPORAL_CONFIG_FILE, TEMPORAL_PROFILE: 'cloud', TEMPORAL_NAMESPACE: 'other' })).toEqual({
    address: 'orders.a1b2c.tmprl.cloud:7233',
    namespace: 'other',
    tls: { serverName: 'frontend', clientCertFile: join(folder, 'crt'), clientKeyFile: join(folder, 'key') },
    credentials: { kind: 'api-key', apiKey: 'key' },
  })
})

test('certificates and headers may stand in a profile, and variables of another form win, too', () => {
  const inline = { TEMPORAL_CONFIG_FILE, TEMPORAL_PROFILE: 'inline' }
  expect(read(inline)).toMatchObject({
    tls: { clientCert: '-----BEGIN CERTIFICATE-----', clientKey: '-----BEGIN PRIVATE KEY-----' },
    metadata: { 'x-team-name': 'orders', 'x-region': 'eu' },
  })
  const over = { TEMPORAL_API_KEY_FILE: file('api-key', 'other'), TEMPORAL_TLS_CLIENT_KEY_PATH: file('key'), TEMPORAL_GRPC_META_X_REGION: '' }
  expect(read({ ...inline, ...over })).toEqual({
    address: 'localhost:7233',
    namespace: 'inline',
    tls: { clientCert: '-----BEGIN CERTIFICATE-----', clientKeyFile: join(folder, 'key') },
    credentials: { kind: 'api-key', apiKey: 'other', apiKeyFile: join(folder, 'api-key') },
    metadata: { 'x-team-name': 'orders' },
  })
})

const whole = { TEMPORAL_ADDRESS: 'localhost:7233', TEMPORAL_NAMESPACE: 'orders' }
test.each<[string, NodeJS.ProcessEnv, RegExp]>([
  ['a profile without a file', { TEMPORAL_PROFILE: 'cloud' }, /^TEMPORAL_PROFILE is set, and TEMPORAL_CONFIG_FILE is not/],
  ['a file that is not there', { TEMPORAL_CONFIG_FILE: join(folder, 'none') }, /which cannot be read \(ENOENT\)/],
  ['a file that is no TOML', { TEMPORAL_CONFIG_FILE: file('bad.toml', '[profile') }, /which cannot be used: /],
  ['a profile that is not there', { TEMPORAL_CONFIG_FILE, TEMPORAL_PROFILE: 'none' }, /which cannot be used: .*none/],
])('says what is wrong with %s', (_, env, message) => {
  expect(() => read({ ...whole, ...env })).toThrow(expect.objectContaining({ problems: [expect.stringMatching(message)] }) as SettingsError)
})
