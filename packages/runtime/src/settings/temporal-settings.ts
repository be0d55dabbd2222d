import type { SettingsReader } from './settings-reader.ts'
import { readGrpcMetadata } from './grpc-metadata.ts'
import { underlayProfile } from './temporal-profile.ts'

/** How to reach Temporal, and as whom. */
export interface TemporalSettings {
  /** `host:port` of the frontend. */
  readonly address: string
  readonly namespace: string
  /** Absent: the connection is not encrypted. */
  readonly tls?: TemporalTlsSettings
  readonly credentials: TemporalCredentials
  /** Headers of every request, by their names in lower case. @default none */
  readonly metadata?: Readonly<Record<string, string>>
}

/** Each of the three is in a file, which is read again when it changes, or is the text itself. All are PEM. */
export interface TemporalTlsSettings {
  /** The name that the server's certificate must have. @default the host of the address */
  readonly serverName?: string
  /** @default the roots of the operating system */
  readonly serverRootCaFile?: string
  readonly serverRootCa?: string
  /** Comes with a key. @default the client shows no certificate */
  readonly clientCertFile?: string
  readonly clientCert?: string
  readonly clientKeyFile?: string
  readonly clientKey?: string
}

/** A token that somebody gave. */
export interface ApiKeyCredentials {
  readonly kind: 'api-key'
  readonly apiKey: string
  /** Where the key is, if it is in a file, which is read again while the program runs. */
  readonly apiKeyFile?: string
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
  const profile = underlayProfile(reader)
  const { host, port } = reader.address('TEMPORAL_ADDRESS')
  const namespace = reader.text('TEMPORAL_NAMESPACE')
  const credentials = readCredentials(reader)
  const tls = readTls(reader, credentials.kind !== 'none')
  const metadata = readGrpcMetadata(reader, { profile, hasToken: credentials.kind !== 'none' })
  return { address: `${host.includes(':') ? `[${host}]` : host}:${port}`, namespace, ...(tls && { tls }), credentials, ...(metadata && { metadata }) }
}

function readTls(reader: SettingsReader, hasToken: boolean): TemporalTlsSettings | undefined {
  const serverName = reader.optional('TEMPORAL_TLS_SERVER_NAME')
  const root = readPem(reader, 'TEMPORAL_TLS_SERVER_CA_CERT')
  const cert = readPem(reader, 'TEMPORAL_TLS_CLIENT_CERT')
  const key = readPem(reader, 'TEMPORAL_TLS_CLIENT_KEY')
  const missing = cert && !key ? 'KEY' : 'CERT'
  if (!cert !== !key) reader.problem(`TEMPORAL_TLS_CLIENT_${missing}_PATH (or _DATA) is not set; a client certificate and its key come together`)
  // As in Temporal's SDKs: a token is not sent in clear unless that is asked for.
  const wanted = reader.flag('TEMPORAL_TLS') ?? (hasToken || serverName !== undefined || root !== undefined || cert !== undefined)
  if (!wanted) return undefined
  return {
    ...(serverName !== undefined && { serverName }),
    ...(root?.file !== undefined && { serverRootCaFile: root.file }),
    ...(root?.data !== undefined && { serverRootCa: root.data }),
    ...(cert?.file !== undefined && { clientCertFile: cert.file }),
    ...(cert?.data !== undefined && { clientCert: cert.data }),
    ...(key?.file !== undefined && { clientKeyFile: key.file }),
    ...(key?.data !== undefined && { clientKey: key.data }),
  }
}

/** `NAME_PATH` names a file, `NAME_DATA` is the text. Both empty: what is set cannot be read. */
function readPem(reader: SettingsReader, name: string): { file?: string | undefined; data?: string } | undefined {
  const [path, data] = [reader.optional(`${name}_PATH`), reader.optional(`${name}_DATA`)]
  if (path !== undefined && data !== undefined) reader.problem(`${name}_PATH and ${name}_DATA are both set; set one of them`)
  if (path !== undefined) return { file: reader.readableFile(`${name}_PATH`) }
  if (data === undefined) return undefined
  // What else is there is not shown: it may be a key.
  if (!data.includes('-----BEGIN '))
    reader.problem(`${name}_DATA is not PEM; write the text of the file, from -----BEGIN to the end, or name the file in ${name}_PATH`)
  return { data }
}

function readCredentials(reader: SettingsReader): TemporalCredentials {
  const apiKey = readApiKey(reader)
  const clientId = reader.optional('OIDC_CLIENT_ID')
  if (apiKey !== undefined && clientId !== undefined)
    reader.problem(
      `TEMPORAL_API_KEY${apiKey.apiKeyFile === undefined ? '' : '_FILE'} and OIDC_CLIENT_ID are both set; a process has one identity, so set one of them`,
    )
  if (apiKey !== undefined) return apiKey
  if (clientId === undefined) {
    refuseLonelySecret(reader)
    return { kind: 'none' }
  }
  const issuer = reader.url('OIDC_ISSUER')
  return { kind: 'client-credentials', issuer, clientId, ...readClientSecret(reader), scope: reader.optional('OIDC_SCOPE') ?? DEFAULT_SCOPE }
}

function readApiKey(reader: SettingsReader): ApiKeyCredentials | undefined {
  const [apiKey, apiKeyFile] = [reader.optional('TEMPORAL_API_KEY'), reader.optional('TEMPORAL_API_KEY_FILE')]
  if (apiKey !== undefined && apiKeyFile !== undefined) reader.problem('TEMPORAL_API_KEY and TEMPORAL_API_KEY_FILE are both set; set one of them')
  if (apiKeyFile !== undefined) return { kind: 'api-key', apiKey: reader.file('TEMPORAL_API_KEY_FILE'), apiKeyFile }
  return apiKey === undefined ? undefined : { kind: 'api-key', apiKey }
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
