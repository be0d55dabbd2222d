import { basicAuthorization, type Login } from './credentials.ts'
import type { ImageName } from './image-name.ts'

/** How a registry wants to be asked: what `WWW-Authenticate` says. */
export interface Challenge {
  readonly scheme: 'basic' | 'bearer'
  readonly parameters: Readonly<Record<string, string>>
}

export function challengeOf(response: Response): Challenge | undefined {
  const header = response.headers.get('www-authenticate') ?? ''
  const scheme = /^(basic|bearer)\b/i.exec(header)?.[1]?.toLowerCase()
  if (scheme !== 'basic' && scheme !== 'bearer') return undefined
  const parameters = Object.fromEntries([...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name.toLowerCase(), value]))
  return { scheme, parameters }
}

interface TokenRequest {
  readonly image: ImageName
  readonly login: Login | undefined
  request(url: string, authorization?: string): Promise<Response>
}

/** A token to pull one repository, from whom the registry trusts. Without a login it is one for everybody. */
export async function bearerToken({ parameters }: Challenge, { image, login, request }: TokenRequest): Promise<string> {
  const { realm, service, scope } = parameters
  if (realm === undefined || !URL.canParse(realm)) throw new Error(`${image.registry} does not say where its tokens are had`)
  const url = new URL(realm)
  // The login goes there.
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) throw new Error(`${image.registry} sends for tokens to ${url.origin}, which is not protected`)
  if (service !== undefined) url.searchParams.set('service', service)
  url.searchParams.set('scope', scope ?? `repository:${image.repository}:pull`)
  const response = await request(url.href, login && basicAuthorization(login))
  if (!response.ok) throw new Error(`${url.origin} gives no token for ${image.repository}: HTTP ${response.status}`)
  const { token, access_token: accessToken } = (await response.json()) as { token?: string; access_token?: string }
  const given = token ?? accessToken
  if (!given) throw new Error(`${url.origin} answers without a token for ${image.repository}`)
  return given
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}
