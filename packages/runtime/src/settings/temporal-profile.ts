import { createRequire } from 'node:module'
import type * as EnvConfig from '@temporalio/envconfig'
import type { SettingsReader } from './settings-reader.ts'

type Profile = EnvConfig.ClientConfigProfile

/** Loaded when somebody has a file: most processes have none. */
const require = createRequire(import.meta.url)

/**
 * Lays a profile of Temporal's configuration file under the environment, whose variables win: TEMPORAL_CONFIG_FILE names the file, TEMPORAL_PROFILE the
 * profile, `default` if it is not set. The file of a person's home folder is not looked for: what a process is told should not depend on who starts it.
 */
export function underlayProfile(reader: SettingsReader): void {
  const name = reader.optional('TEMPORAL_PROFILE')
  if (reader.optional('TEMPORAL_CONFIG_FILE') === undefined) {
    if (name !== undefined) reader.problem('TEMPORAL_PROFILE is set, and TEMPORAL_CONFIG_FILE is not; name the file that has the profile')
    return
  }
  const path = reader.readableFile('TEMPORAL_CONFIG_FILE')
  if (path === undefined) return
  try {
    const { loadClientConfigProfile } = require('@temporalio/envconfig') as typeof EnvConfig
    const profile = loadClientConfigProfile({ configSource: { path }, disableEnv: true, configFileStrict: true, ...(name !== undefined && { profile: name }) })
    for (const problem of unsupported(profile)) reader.problem(`TEMPORAL_CONFIG_FILE names ${path}: ${problem}`)
    reader.underlay(variablesOf(profile))
  } catch (error) {
    reader.problem(`TEMPORAL_CONFIG_FILE names ${path}, which cannot be used: ${(error as Error).message}`)
  }
}

function* unsupported({ tls, grpcMeta }: Profile): Generator<string> {
  const inLine = Object.entries({ client_cert: tls?.clientCert, client_key: tls?.clientKey, server_ca_cert: tls?.serverCACert })
  for (const [key, source] of inLine) if (source && 'data' in source) yield `tls.${key}_data is not supported; write ${key}_path, so that it can be replaced`
  if (Object.keys(grpcMeta ?? {}).length > 0) yield 'grpc_meta is not supported; remove it'
}

function variablesOf({ address, namespace, apiKey, tls }: Profile): Record<string, string | undefined> {
  return {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    TEMPORAL_API_KEY: apiKey,
    TEMPORAL_TLS: tls?.disabled === undefined ? undefined : String(!tls.disabled),
    TEMPORAL_TLS_SERVER_NAME: tls?.serverName,
    TEMPORAL_TLS_CLIENT_CERT_PATH: pathOf(tls?.clientCert),
    TEMPORAL_TLS_CLIENT_KEY_PATH: pathOf(tls?.clientKey),
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: pathOf(tls?.serverCACert),
  }
}

function pathOf(source: EnvConfig.ConfigDataSource | undefined): string | undefined {
  return source && 'path' in source ? source.path : undefined
}
