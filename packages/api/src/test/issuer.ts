import { KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

export interface TestIssuer {
  readonly url: string
  /** Signs a token that is good for the audience `orders-api`, for an hour, unless the claims say otherwise. */
  token(claims?: JWTPayload, header?: { alg?: string; typ?: string; kid?: string }): Promise<string>
  /** The private key in use, to sign by hand. */
  readonly privateKey: CryptoKey
  /** From here on there is another key, and no more the first. Tokens are signed with it. */
  rotate(kid: string): Promise<void>
  /** From here on no request is answered. */
  hang(): void
  /** How often its keys were fetched. */
  readonly fetches: number
  close(): Promise<void>
}

/**
 * An OpenID Connect provider that has a discovery document and one RS256 key, and serves them over HTTP. The key is also there as `open`, of which the
 * provider does not say for which algorithm it is. @param port default: any that is free
 */
export async function startIssuer(port = 0): Promise<TestIssuer> {
  let { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  let current = 'one'
  let hangs = false
  let fetches = 0
  const publicJwk = async () => ({ ...(await exportJWK(publicKey)), use: 'sig' })
  const keysOf = async (kid: string) => [
    { ...(await publicJwk()), kid, alg: 'RS256' },
    { ...(await publicJwk()), kid: 'open' },
  ]
  let jwks = { keys: await keysOf(current) }
  let issued = 0
  const server = createServer((request, response) => {
    const documents: Readonly<Record<string, () => object>> = {
      '/jwks': () => jwks,
      '/.well-known/openid-configuration': () => ({ issuer: url, jwks_uri: `${url}/jwks`, token_endpoint: `${url}/token` }),
      // A new one for every request: it is good for no time.
      '/token': () => ({ access_token: `token-${++issued}`, expires_in: 0 }),
    }
    if (hangs) return
    if (request.url === '/jwks') fetches++
    const document = documents[request.url ?? '']?.()
    response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(document ?? {}))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    get privateKey() {
      return privateKey
    },
    async rotate(kid) {
      ;({ privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true }))
      current = kid
      jwks = { keys: await keysOf(kid) }
    },
    hang: () => void (hangs = true),
    get fetches() {
      return fetches
    },
    token(claims = {}, header = {}) {
      const now = Math.floor(Date.now() / 1000)
      return (
        new SignJWT({ iss: url, aud: 'orders-api', sub: 'alice', iat: now, exp: now + 3600, ...claims })
          .setProtectedHeader({ alg: 'RS256', kid: current, ...header })
          // Unlike the key that it was made from, this one is for any algorithm.
          .sign(KeyObject.from(privateKey))
      )
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
