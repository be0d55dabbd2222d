import { tlsFiles } from '../../model/external.ts'
import type { Platform } from '../../model/platform.ts'
import { endpoint, secret, trustBundle, type PathReference, type Value } from '../../model/values.ts'
import type { ConfigTree } from '../../model/workload.ts'
import { ELASTICSEARCH, USER, USER_SECRET } from './names.ts'

/** Whether one that the platform runs asks for TLS and a password. */
export function isSecured({ environment, elasticsearch: { security } }: Platform): boolean {
  return security ?? environment !== 'development'
}

/** TLS with it, as a client needs it. `false`: none. Without `caFile`: what the machine trusts. */
export function searchTls(platform: Platform): false | { readonly caFile?: PathReference } {
  const { external } = platform.elasticsearch
  if (!external) return isSecured(platform) && trustBundle('search')
  return external.tls && tlsFiles(ELASTICSEARCH, external.tls)
}

/** As whom it is asked; nothing where it asks for nobody. */
export function searchUser(platform: Platform): string | undefined {
  const { external } = platform.elasticsearch
  if (!external) return isSecured(platform) ? USER : undefined
  return external.authentication === 'password' ? (external.username ?? USER) : undefined
}

/** How Temporal's server reaches it, in the server's own keys. */
export function searchClient(platform: Platform): { readonly [key: string]: ConfigTree } {
  const tls = searchTls(platform)
  const username = searchUser(platform)
  return {
    url: { scheme: tls ? 'https' : 'http', host: endpoint(ELASTICSEARCH, 'http') },
    ...(username !== undefined && { username, password: secret(USER_SECRET, 'password') }),
    ...(tls && { tls: { enabled: true, enableHostVerification: true, ...tls } }),
  }
}

/** How Temporal's tool reaches it, in the tool's own variables. */
export function searchEnvironment(platform: Platform): Record<string, Value> {
  const tls = searchTls(platform)
  const username = searchUser(platform)
  return {
    ES_SERVER: endpoint(ELASTICSEARCH, 'http', 'url'),
    ...(username !== undefined && { ES_USER: username, ES_PWD: secret(USER_SECRET, 'password') }),
    ...(tls && { ES_TLS: 'true', ...(tls.caFile && { ES_TLS_CA_FILE: tls.caFile }) }),
  }
}
