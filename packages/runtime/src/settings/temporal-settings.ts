import type { SettingsReader } from './settings-reader.ts'
import { underlayProfile } from './temporal-profile.ts'

/** How to reach Temporal, and as whom. */
export interface TemporalSettings {
  /** `host:port` of the frontend. */
  readonly address: string
  readonly namespace: string
  /** Absent: the connection is not encrypted. */
  readonly tls?: TemporalTlsSettings
  readonly credentials: TemporalCredentials
}

export interface TemporalTlsSettings {
  /** The name that the server's certificate must have. @default the host of the address */
  readonly serverName?: string
  /** PEM. @default the roots of the operating system */
  readonly serverRootCaFile?: string
  /** PEM. Comes with `clientKeyFile`. */
  readonly clientCertFile?: string
  readonly clientKeyFile?: string
}

/** A token that never changes. */
export interface ApiKeyCredentials {
  readonly kind: 'api-key'
  readonly apiKey: string
}
/** A token from an OpenID Connect provider, for the process itself (RFC 6749, section 4.4). */
export interface ClientCredentials {
  readonly kind: 'client-credentials'
  /** The provider's URL; its endpoints are discovered from there. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Where the secret is, if it is in a file: it is read again for each request, since secrets are changed while programs run. */
  readonly clientSecretFile?: string
  readonly scope: string
}
export type TokenCredentials = ApiKeyCredentials | ClientCredentials
export type TemporalCredentials = { readonly kind: 'none' } | TokenCredentials

/** The scope that makes our providers put the `permissions` claim into a token, which Temporal's authorizer reads. */
const DEFAULT_SCOPE = 'permissions'

/** Reads Temporal's own `TEMPORAL_*` variables, a profile of its configuration file under them, and the `OIDC_*` ones. Problems go to the reader; call its `finish` afterwards. */
export function readTemporalSettings(reader: SettingsReader): TemporalSettings {
  underlayProfile(reader)
  const { host, port } = reader.address('TEMPORAL_ADDRESS')
  const namespace = reader.text('TEMPORAL_NAMESPACE')
  const credentials = readCredentials(reader)
  const tls = readTls(reader, credentials.kind !== 'none')
  return { address: `${host.includes(':') ? `[${host}]` : host}:${port}`, namespace, ...(tls && { tls }), credentials }
}

function readTls(reader: SettingsReader, hasToken: boolean): TemporalTlsSettings | undefined {
  const optionalFile = (name: string) => (reader.optional(name) === undefined ? undefined : reader.readableFile(name))
  const serverName = reader.optional('TEMPORAL_TLS_SERVER_NAME')
  const serverRootCaFile = optionalFile('TEMPORAL_TLS_SERVER_CA_CERT_PATH')
  const clientCertFile = optionalFile('TEMPORAL_TLS_CLIENT_CERT_PATH')
  const clientKeyFile = optionalFile('TEMPORAL_TLS_CLIENT_KEY_PATH')
  const hasCert = reader.optional('TEMPORAL_TLS_CLIENT_CERT_PATH') !== undefined
  const hasKey = reader.optional('TEMPORAL_TLS_CLIENT_KEY_PATH') !== undefined
  if (hasCert !== hasKey) reader.problem(`TEMPORAL_TLS_CLIENT_${hasCert ? 'KEY' : 'CERT'}_PATH is not set; a client certificate and its key come together`)
  // As in Temporal's SDKs: a token is not sent in clear unless that is asked for.
  const wanted = reader.flag('TEMPORAL_TLS') ?? (hasToken || serverName !== undefined || serverRootCaFile !== undefined || hasCert)
  if (!wanted) return undefined
  return {
    ...(serverName !== undefined && { serverName }),
    ...(serverRootCaFile !== undefined && { serverRootCaFile }),
    ...(clientCertFile !== undefined && clientKeyFile !== undefined && { clientCertFile, clientKeyFile }),
  }
}

function readCredentials(reader: SettingsReader): TemporalCredentials {
  const apiKey = reader.optional('TEMPORAL_API_KEY')
  const clientId = reader.optional('OIDC_CLIENT_ID')
  if (apiKey !== undefined && clientId !== undefined)
    reader.problem('TEMPORAL_API_KEY and OIDC_CLIENT_ID are both set; a process has one identity, so set one of them')
  if (apiKey !== undefined) return { kind: 'api-key', apiKey }
  if (clientId === undefined) {
    refuseLonelySecret(reader)
    return { kind: 'none' }
  }
  const issuer = reader.url('OIDC_ISSUER')
  return { kind: 'client-credentials', issuer, clientId, ...readClientSecret(reader), scope: reader.optional('OIDC_SCOPE') ?? DEFAULT_SCOPE }
}

function readClientSecret(reader: SettingsReader): Pick<ClientCredentials, 'clientSecret' | 'clientSecretFile'> {
  const clientSecretFile = reader.optional('OIDC_CLIENT_SECRET_FILE')
  if (clientSecretFile !== undefined) return { clientSecret: reader.file('OIDC_CLIENT_SECRET_FILE'), clientSecretFile }
  const secret = reader.optional('OIDC_CLIENT_SECRET')
  if (secret === undefined) reader.problem('OIDC_CLIENT_SECRET_FILE is not set; name the file with the secret of OIDC_CLIENT_ID, or set OIDC_CLIENT_SECRET')
  return { clientSecret: secret ?? '' }
}

/** A secret without its id is a forgotten setting, not the wish to have no identity. */
function refuseLonelySecret(reader: SettingsReader): void {
  for (const name of ['OIDC_CLIENT_SECRET_FILE', 'OIDC_CLIENT_SECRET'])
    if (reader.optional(name) !== undefined) reader.problem(`OIDC_CLIENT_ID is not set, but ${name} is; set both, or neither`)
}
