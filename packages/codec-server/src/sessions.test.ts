import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { Sessions } from './sessions.ts'

const folder = mkdtempSync(join(tmpdir(), 'codec-sessions-'))
const clientSecretFile = join(folder, 'secret')
const shown: (string | null)[] = []
/** Gives a token to whoever asks, and remembers the secret. */
const provider = createServer(async (request, response) => {
  const issuer = `http://${request.headers.host}`
  response.setHeader('content-type', 'application/json')
  if (request.url !== '/token') return response.end(JSON.stringify({ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` }))
  shown.push(new URLSearchParams(await text(request)).get('client_secret'))
  return response.end(JSON.stringify({ access_token: `token-${shown.length}`, refresh_token: 'again', token_type: 'bearer', expires_in: 10 }))
})
provider.listen(0, '127.0.0.1')
await once(provider, 'listening')
afterAll(() => {
  rmSync(folder, { recursive: true })
  provider.close()
})

test('a session is renewed with the secret that the file has then', async () => {
  writeFileSync(clientSecretFile, 'first-secret')
  const issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
  const login = {
    clientId: 'temporal',
    clientSecretFile,
    scopes: ['permissions'],
    callbackUrl: 'http://127.0.0.1:1/callback',
    returnUrl: 'http://127.0.0.1:1/',
  }
  const sessions = new Sessions(issuer, login)
  const begun = await sessions.begin()
  const session = await sessions.finish(`code=x&state=${begun.login.state}`, begun.login)
  writeFileSync(clientSecretFile, 'second-secret')
  // It lives ten seconds, and is renewed half a minute before its end.
  expect(await sessions.token(session)).toBe('token-2')
  expect(shown).toEqual(['first-secret', 'second-secret'])
})
