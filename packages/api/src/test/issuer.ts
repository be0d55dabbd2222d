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
  close(): Promise<void>
}

/** An OpenID Connect provider that has a discovery document and one RS256 key, and serves them over HTTP. @param port default: any that is free */
export async function startIssuer(port = 0): Promise<TestIssuer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] }
  let issued = 0
  const server = createServer((request, response) => {
    const documents: Readonly<Record<string, () => object>> = {
      '/jwks': () => jwks,
      '/.well-known/openid-configuration': () => ({ issuer: url, jwks_uri: `${url}/jwks`, token_endpoint: `${url}/token` }),
      // A new one for every request: it is good for no time.
      '/token': () => ({ access_token: `token-${++issued}`, expires_in: 0 }),
    }
    const document = documents[request.url ?? '']?.()
    response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(document ?? {}))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    privateKey,
    token(claims = {}, header = {}) {
      const now = Math.floor(Date.now() / 1000)
      return new SignJWT({ iss: url, aud: 'orders-api', sub: 'alice', iat: now, exp: now + 3600, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'one', ...header })
        .sign(privateKey)
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
