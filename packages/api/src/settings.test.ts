import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SettingsError } from '@sundial/runtime'
import { afterAll, expect, test } from 'vitest'
import { readApiSettings } from './settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'api-settings-'))
afterAll(() => rmSync(folder, { recursive: true }))

const env = {
  HTTP_ADDRESS: '127.0.0.1:8080',
  OPERATIONS_ADDRESS: '127.0.0.1:8081',
  OIDC_ISSUER: 'https://login.example',
  API_AUDIENCE: 'orders-api',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  TEMPORAL_NAMESPACE: 'orders',
}

test('reads the environment', () => {
  expect(readApiSettings(env)).toMatchObject({
    http: { host: '127.0.0.1', port: 8080 },
    issuer: 'https://login.example',
    audience: 'orders-api',
    temporal: { namespace: 'orders' },
  })
})

test('makes a key for cursors, each time another', () => {
  const { cursorKey } = readApiSettings(env)
  expect(cursorKey).toHaveLength(32)
  expect(cursorKey).not.toEqual(readApiSettings(env).cursorKey)
})

test('takes the key for cursors from a file, if it is long enough', () => {
  const file = join(folder, 'key')
  writeFileSync(file, 'k'.repeat(32), { mode: 0o600 })
  expect(readApiSettings({ ...env, API_CURSOR_KEY_FILE: file }).cursorKey.toString()).toBe('k'.repeat(32))
  writeFileSync(file, 'k'.repeat(31))
  expect(() => readApiSettings({ ...env, API_CURSOR_KEY_FILE: file })).toThrow(/API_CURSOR_KEY_FILE names a file with less than 32 bytes/)
})

test('gives notice of a stop, unless its ports are wanted', () => {
  expect(readApiSettings(env)).toMatchObject({ noticeMs: 5000, requestsPerMinute: 6000 })
  expect(readApiSettings({ ...env, STOP_RELEASES_PORTS: 'true' })).toMatchObject({ noticeMs: 0 })
  expect(readApiSettings({ ...env, STOP_RELEASES_PORTS: 'true', API_NOTICE_SECONDS: '3', API_RATE_LIMIT: '0' })).toMatchObject({
    noticeMs: 3000,
    requestsPerMinute: 0,
  })
  expect(problems({ ...env, API_NOTICE_SECONDS: '16', API_RATE_LIMIT: '-1' })).toHaveLength(2)
})

test('reports an issuer that is missing, or is no URL, once', () => {
  const client = { OIDC_CLIENT_ID: 'orders-api', OIDC_CLIENT_SECRET: 's' }
  expect(problems({ ...env, ...client, OIDC_ISSUER: undefined })).toEqual(['OIDC_ISSUER is not set'])
  expect(problems({ ...env, ...client, OIDC_ISSUER: 'login.example' })).toEqual(['OIDC_ISSUER is "login.example"; write an http or https URL'])
})

test('reports everything that is missing at once', () => {
  expect(() => readApiSettings({})).toThrow(SettingsError)
  expect(() => readApiSettings({})).toThrow(/HTTP_ADDRESS.*OPERATIONS_ADDRESS.*TEMPORAL_ADDRESS.*TEMPORAL_NAMESPACE.*OIDC_ISSUER.*API_AUDIENCE/s)
})

function problems(settings: NodeJS.ProcessEnv): readonly string[] {
  try {
    readApiSettings(settings)
    return []
  } catch (error) {
    return (error as SettingsError).problems
  }
}
