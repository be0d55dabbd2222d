import { chmod, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProcessSecret } from '@sundial/platform/process'
import { importJWK, jwtVerify, SignJWT, type JWK } from 'jose'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'
import { ensureSecret, ensureSecrets } from './ensure-secret.ts'

async function secretIn(generate: ProcessSecret['generate']): Promise<ProcessSecret> {
  return { name: 'db', key: 'password', generate, path: join(await temporaryFolder(), 'secrets', 'db') }
}

test('makes a password that is different each time, in a file of its owner', async () => {
  const [one, two] = [await secretIn('password'), await secretIn('password')]
  const values = [await ensureSecret(one), await ensureSecret(two)]
  for (const value of values) expect(value).toMatch(/^[A-Za-z0-9]{32}$/)
  expect(values[0]).not.toBe(values[1])
  expect(await readFile(one.path, 'utf8')).toBe(values[0])
  expect((await stat(one.path)).mode & 0o777).toBe(0o600)
})

test('keeps what is there, and closes it to others', async () => {
  const secret = await secretIn('password')
  const value = await ensureSecret(secret)
  await chmod(secret.path, 0o644)
  expect(await ensureSecret(secret)).toBe(value)
  expect((await stat(secret.path)).mode & 0o777).toBe(0o600)
})

test('makes a key that signs tokens', async () => {
  const jwk = JSON.parse(await ensureSecret(await secretIn('signing-key'))) as JWK
  expect(jwk).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig', kid: expect.stringMatching(/^[\w-]{43}$/) })
  expect(Buffer.from(jwk.n ?? '', 'base64url')).toHaveLength(256)
  const token = await new SignJWT({ scope: 'x' }).setProtectedHeader({ alg: 'RS256', kid: jwk.kid }).sign(await importJWK(jwk, 'RS256'))
  const { payload } = await jwtVerify(token, await importJWK({ kty: 'RSA', n: jwk.n, e: jwk.e }, 'RS256'))
  expect(payload.scope).toBe('x')
})

test.each([
  ['password', '', 'is empty'],
  ['password', 'two\nlines', 'has signs that are not printable ASCII, or a line break'],
  ['signing-key', '{"kty":"RSA"', 'is not a private key as a JWK'],
  ['encryption-key', 'c2hvcnQ=', 'is not 32 bytes in base64'],
  ['signing-key', '{"kid":"x","kty":"RSA","n":"AQAB","e":"AQAB"}', 'is not a private key as a JWK'],
] as const)('refuses a useless %s %j, and neither replaces nor shows it', async (generate, content, message) => {
  const secret = await secretIn(generate)
  await ensureSecret(secret)
  await writeFile(secret.path, content)
  const refused = expect.objectContaining({ code: 'SUN_STATE_UNUSABLE', message: `The secret db/password in ${secret.path} ${message}` })
  await expect(ensureSecret(secret)).rejects.toEqual(refused)
  expect(await readFile(secret.path, 'utf8')).toBe(content)
})

test('reads secrets by name and key', async () => {
  const secret = await secretIn('password')
  const readSecret = await ensureSecrets({ secrets: [secret], givenSecrets: [] })
  expect(readSecret({ name: 'db', key: 'password' })).toBe(await readFile(secret.path, 'utf8'))
  expect(() => readSecret({ name: 'db', key: 'other' })).toThrow('db/other')
})

test('says what the missing files are that people give', async () => {
  const folder = await temporaryFolder()
  const given = (key: string, about?: string) => ({ name: 'db', key, path: join(folder, key), ...(about !== undefined && { about }) })
  await writeFile(join(folder, 'empty'), ' \n')
  await writeFile(join(folder, 'there'), 'value\n')
  const givenSecrets = [given('password', 'the password of orders'), given('empty'), given('there')]
  await expect(ensureSecrets({ secrets: [], givenSecrets })).rejects.toMatchObject({
    code: 'SUN_SECRET_MISSING',
    message: `secrets that you must supply are missing:\n  ${folder}/password is not there\n    it is the password of orders\n  ${folder}/empty is empty`,
  })
})
