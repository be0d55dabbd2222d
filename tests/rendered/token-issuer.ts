import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

/** Stands in for the identity provider: its keys at a URL, and tokens as it signs them. */
export interface TokenIssuer {
  readonly keysUrl: string
  token(permissions: readonly string[], audience?: string): Promise<string>
  stop(): void
}

export async function startTokenIssuer(): Promise<TokenIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'rendered', alg: 'RS256', use: 'sig' }] })
  const server = createServer((_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(keys))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    keysUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks/`,
    token: (permissions, audience = 'temporal') =>
      new SignJWT({ permissions })
        .setProtectedHeader({ alg: 'RS256', kid: 'rendered', typ: 'JWT' })
        .setSubject('test')
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime('10m')
        .sign(privateKey),
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
