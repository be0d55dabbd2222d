import { tlsFiles } from '../../model/external.ts'
import type { Platform } from '../../model/platform.ts'
import type { OidcClient } from '../../model/resources.ts'
import { certificate, endpoint, secretFile, trustBundle, type Value } from '../../model/values.ts'
import type { Call, CertificateNeed } from '../../model/workload.ts'
import { clientSecret, ISSUER_CALL, TEMPORAL_AUDIENCE, tokenEnvironment } from '../identity/names.ts'
import { API_KEY_SECRET, FRONTEND_SERVER_NAME } from './names.ts'

/** What a program needs so that it can call Temporal, ours or others'. */
export interface TemporalAccess {
  readonly env: Readonly<Record<string, Value>>
  readonly certificates: readonly CertificateNeed[]
  readonly calls: readonly Call[]
}

export interface TemporalCaller {
  /** Its client id at the identity provider. */
  readonly id: string
  readonly namespace: string
}

/** How a program reaches the frontend, in the official variables, and as whom. */
export function temporalAccess(platform: Platform, { id, namespace }: TemporalCaller): TemporalAccess {
  const authentication = authenticationOf(platform)
  const { caFile, certFile, keyFile, serverName } = frontendTls(platform)
  return {
    env: {
      TEMPORAL_ADDRESS: endpoint(FRONTEND_SERVER_NAME, 'grpc'),
      TEMPORAL_NAMESPACE: namespace,
      // Said, since the machine's roots and the host's own name leave nothing else to see it by; and a token goes in clear only where that is wanted.
      ...(platform.temporal.external && { TEMPORAL_TLS: platform.temporal.external.tls ? 'true' : 'false' }),
      ...(serverName !== undefined && { TEMPORAL_TLS_SERVER_NAME: serverName }),
      ...(caFile && { TEMPORAL_TLS_SERVER_CA_CERT_PATH: caFile }),
      ...(certFile && keyFile && { TEMPORAL_TLS_CLIENT_CERT_PATH: certFile, TEMPORAL_TLS_CLIENT_KEY_PATH: keyFile }),
      ...(authentication === 'token' && tokenEnvironment(platform, id)),
      ...(authentication === 'api-key' && { TEMPORAL_API_KEY_FILE: secretFile(API_KEY_SECRET, 'api-key') }),
    },
    certificates: platform.temporal.external ? [] : [{ domain: 'client', usages: ['client'] }],
    calls: [{ party: FRONTEND_SERVER_NAME, port: 'grpc' }, ...(authentication === 'token' ? [ISSUER_CALL] : [])],
  }
}

/** Certificates and names for a client of the frontend. What is absent is not used. */
export function frontendTls({ temporal: { external } }: Platform): {
  readonly caFile?: Value
  readonly certFile?: Value
  readonly keyFile?: Value
  readonly serverName?: string
} {
  if (!external) return { ...trustBundle('client'), ...certificate('client'), serverName: FRONTEND_SERVER_NAME }
  const { tls } = external
  return { ...tlsFiles(FRONTEND_SERVER_NAME, tls), ...(tls && tls.serverName !== undefined && { serverName: tls.serverName }) }
}

/** What programs show to Temporal, beside a certificate. */
export function authenticationOf({ temporal: { external } }: Platform): 'token' | 'api-key' | 'none' {
  return external?.authentication ?? 'token'
}

/** The OIDC client of a program that calls Temporal with a token of its own; none where Temporal asks for no token. */
export function serviceClients(platform: Platform, id: string, permissions: readonly string[]): OidcClient[] {
  if (authenticationOf(platform) !== 'token') return []
  return [{ id, kind: 'service', audience: TEMPORAL_AUDIENCE, permissions, scopes: [], redirectUrls: [], secret: clientSecret(id) }]
}
