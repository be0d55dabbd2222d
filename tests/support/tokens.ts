import { addressOf, secret } from './platform.ts'

/** A token as a client of the platform gets it: client credentials, with the client's own secret. */
export async function tokenOf(client: string, scope = 'permissions'): Promise<string> {
  const issuer = `http://${await addressOf('identity', 'http')}`
  const { token_endpoint: endpoint } = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as { token_endpoint: string }
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${client}:${await secret(`client-${client}`, 'client-secret')}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
  })
  if (!response.ok) throw new Error(`no token for ${client}: ${response.status} ${await response.text()}`)
  return ((await response.json()) as { access_token: string }).access_token
}
