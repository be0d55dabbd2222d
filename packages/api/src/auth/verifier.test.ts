import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ApiProblem } from '../http/api-problem.ts'
import { startIssuer, type TestIssuer } from '../test/issuer.ts'
import { createVerifier, type Verifier } from './verifier.ts'

let issuer: TestIssuer
let verifier: Verifier
beforeAll(async () => {
  issuer = await startIssuer()
  verifier = createVerifier({ issuer: issuer.url, audience: 'orders-api' })
})
afterAll(() => issuer.close())

const seconds = () => Math.floor(Date.now() / 1000)

test('takes a good token, with the caller and the scopes that are in it', async () => {
  expect(await verifier.verify(await issuer.token({ scope: 'orders:read  orders:write' }))).toMatchObject({
    subject: 'alice',
    scopes: new Set(['orders:read', 'orders:write']),
  })
  expect(await verifier.verify(await issuer.token({}, { typ: 'at+jwt' }))).toMatchObject({ subject: 'alice' })
})

test('checks a token that it has seen before by its times, and as long as the issuer has its key', async () => {
  const rotating = await startIssuer()
  try {
    const follower = createVerifier({ issuer: rotating.url, audience: 'orders-api' })
    const token = await rotating.token({ nbf: seconds() - 60, exp: seconds() + 60 })
    const caller = await follower.verify(token)
    expect(await follower.verify(token)).toBe(caller)
    const at = async (ms: number) => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })
      return follower.verify(token).finally(() => vi.useRealTimers())
    }
    await expect(at(80_000)).resolves.toBe(caller)
    await expect(at(100_000)).rejects.toThrow(/has expired/)
    await expect(at(-100_000)).rejects.toThrow(/'nbf'/)
    await expect(at(0)).resolves.toBe(caller)
    await expect(follower.verify(`${token.slice(0, -4)}AAAA`)).rejects.toThrow(/signature is wrong/)
    await rotating.rotate('two')
    await follower.refresh(new AbortController().signal)
    await expect(follower.verify(token)).rejects.toThrow(/no such key/)
    expect(await follower.verify(await rotating.token())).not.toBe(caller)
  } finally {
    await rotating.close()
  }
})

test('takes one of several audiences, and clocks that differ by less than 30 s', async () => {
  await expect(verifier.verify(await issuer.token({ aud: ['other', 'orders-api'], exp: seconds() - 20, nbf: seconds() + 20 }))).resolves.toBeDefined()
})

test.each<[string, () => Promise<string>, RegExp]>([
  ['has expired', () => issuer.token({ exp: seconds() - 40 }), /has expired/],
  ['is not valid yet', () => issuer.token({ nbf: seconds() + 40 }), /'nbf'/],
  ['is for another audience', () => issuer.token({ aud: 'temporal' }), /'aud'/],
  ['is of another issuer', () => issuer.token({ iss: 'https://elsewhere.example' }), /'iss'/],
  ['never expires', () => issuer.token({ exp: undefined }), /'exp'/],
  ['names nobody', () => issuer.token({ sub: undefined }), /'sub'/],
  ['is another kind of token', () => issuer.token({}, { typ: 'logout+jwt' }), /not an access token/],
  ['names a key that the issuer does not have', () => issuer.token({}, { kid: 'two' }), /no such key/],
  [
    'is signed with another key',
    async () => new SignJWT(await claims()).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign((await generateKeyPair('RS256')).privateKey),
    /signature is wrong/,
  ],
  [
    'is signed with a shared secret',
    async () => new SignJWT(await claims()).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(new TextEncoder().encode('x'.repeat(32))),
    /algorithm is not allowed/,
  ],
  ['is not signed', async () => new UnsecuredJWT(await claims()).encode(), /not (?:a signed|allowed)/],
  ['is no token at all', async () => 'abc', /not a/],
])('refuses a token that %s, with a challenge', async (_what, token, reason) => {
  const problem = (await verifier.verify(await token()).catch((error: unknown) => error)) as ApiProblem
  expect(problem).toMatchObject({ name: 'ApiProblem', status: 401 })
  expect(problem.message).toMatch(reason)
  expect(problem.headers['www-authenticate']).toMatch(/^Bearer error="invalid_token", error_description="[^"]+"$/)
})

test('says that it cannot check tokens when the issuer is away, and can when it is back', async () => {
  const away = await startIssuer()
  const token = await away.token()
  const port = Number(new URL(away.url).port)
  await away.close()
  const late = createVerifier({ issuer: away.url, audience: 'orders-api' })
  await expect(late.verify(token)).rejects.toMatchObject({ slug: 'keys-unavailable', status: 503, headers: { 'retry-after': '5' } })
  await expect(late.refresh(new AbortController().signal)).rejects.toThrow(/did not answer: connect ECONNREFUSED/)
  const back = await startIssuer(port)
  try {
    await expect(late.verify(await back.token())).resolves.toMatchObject({ subject: 'alice' })
  } finally {
    await back.close()
  }
})

test('still checks tokens when the issuer is away, however long ago the keys were fetched', async () => {
  const leaving = await startIssuer()
  const late = createVerifier({ issuer: leaving.url, audience: 'orders-api' })
  await late.refresh(new AbortController().signal)
  const token = await leaving.token({ exp: seconds() + 10 * 86_400 })
  await leaving.close()
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 })
  try {
    await expect(late.verify(token)).resolves.toMatchObject({ subject: 'alice' })
  } finally {
    vi.useRealTimers()
  }
})

test('takes a new key as soon as there is a token with it, and the old one no more', async () => {
  const rotating = await startIssuer()
  try {
    const follower = createVerifier({ issuer: rotating.url, audience: 'orders-api', cooldownMs: 0 })
    const old = await rotating.token()
    await follower.verify(old)
    await rotating.rotate('two')
    await expect(follower.verify(await rotating.token())).resolves.toMatchObject({ subject: 'alice' })
    await expect(follower.verify(old)).rejects.toMatchObject({ status: 401, message: expect.stringContaining('no such key') })
  } finally {
    await rotating.close()
  }
})

test('does not let tokens with made-up keys fetch the keys each time', async () => {
  const busy = await startIssuer()
  try {
    const careful = createVerifier({ issuer: busy.url, audience: 'orders-api' })
    for (let n = 0; n < 20; n++) await expect(careful.verify(await busy.token({}, { kid: `made-up-${n}` }))).rejects.toMatchObject({ status: 401 })
    expect(busy.fetches).toBe(1)
  } finally {
    await busy.close()
  }
})

test('while the issuer does not answer, known keys serve, and others are answered in under a second', async () => {
  const hanging = await startIssuer()
  try {
    const patient = createVerifier({ issuer: hanging.url, audience: 'orders-api', cooldownMs: 0 })
    const known = await hanging.token()
    await patient.verify(known)
    hanging.hang()
    const begun = performance.now()
    await expect(patient.verify(await hanging.token({}, { kid: 'two' }))).rejects.toMatchObject({ slug: 'keys-unavailable', status: 503 })
    await expect(patient.verify(known)).resolves.toMatchObject({ subject: 'alice' })
    expect(performance.now() - begun).toBeLessThan(1000)
  } finally {
    await hanging.close()
  }
})

test('does not take the document of another issuer', async () => {
  const wrong = createVerifier({ issuer: `${issuer.url}/`, audience: 'orders-api' })
  await expect(wrong.refresh(new AbortController().signal)).rejects.toThrow(/set OIDC_ISSUER to exactly what/)
})

async function claims() {
  return { iss: issuer.url, aud: 'orders-api', sub: 'mallory', exp: seconds() + 60 }
}
