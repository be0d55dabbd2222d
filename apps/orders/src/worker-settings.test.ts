import { SettingsReader } from '@sundial/runtime'
import { expect, test } from 'vitest'
import { readWorkerSettings } from './worker-settings.ts'

const env = {
  PGHOST: 'db',
  PGDATABASE: 'orders',
  PGUSER: 'orders',
  PGPASSWORD: 'secret-word',
  PAYMENT_URL: 'http://127.0.0.1:9',
  PAYMENT_API_KEY: 'secret-key',
}

function read(values: NodeJS.ProcessEnv) {
  const reader = new SettingsReader(values)
  const settings = readWorkerSettings(reader)
  reader.finish()
  return settings
}

test('fills what is not set', () => {
  expect(read(env)).toEqual({
    database: { host: 'db', port: 5432, database: 'orders', user: 'orders', password: 'secret-word', ssl: {} },
    payment: { url: 'http://127.0.0.1:9', apiKey: 'secret-key' },
    policy: { limit: 50_000, deadlineMs: 86_400_000 },
  })
})

test.each([
  [
    { APPROVAL_LIMIT: '0', APPROVAL_DEADLINE: '1500ms' },
    { limit: 0, deadlineMs: 1500 },
  ],
  [{ APPROVAL_DEADLINE: '14d' }, { limit: 50_000, deadlineMs: 1_209_600_000 }],
])('takes the policy %j', (policy, expected) => {
  expect(read({ ...env, ...policy }).policy).toEqual(expected)
})

test.each([
  [{ APPROVAL_LIMIT: '-1' }, 'APPROVAL_LIMIT is "-1"'],
  [{ APPROVAL_DEADLINE: 'soon' }, 'APPROVAL_DEADLINE: "soon" is not a duration'],
  [{ APPROVAL_DEADLINE: '15d' }, 'APPROVAL_DEADLINE is "15d"; write a duration up to 14d'],
  [{ APPROVAL_DEADLINE: '0s' }, 'APPROVAL_DEADLINE is "0s"'],
  [{ PAYMENT_URL: 'payments' }, 'PAYMENT_URL is "payments"; write an http or https URL'],
  [{ PAYMENT_API_KEY: '' }, 'PAYMENT_API_KEY is not set'],
])('refuses %j', (wrong, message) => {
  expect(() => read({ ...env, ...wrong })).toThrow(message)
})
