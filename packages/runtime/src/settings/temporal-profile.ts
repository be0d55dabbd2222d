import { createRequire } from 'node:module'
import type * as EnvConfig from '@temporalio/envconfig'
import type { SettingsReader } from './settings-reader.ts'

type Profile = EnvConfig.ClientConfigProfile

/** Loaded when somebody has a file: most processes have none. */
const require = createRequire(import.meta.url)

/** Names of one thing: who sets one of them says nothing about the other, and means that it should not be had from elsewhere. */
const ALTERNATIVES = [
  ['TEMPORAL_API_KEY', 'TEMPORAL_API_KEY_FILE'],
  ...['CLIENT_CERT', 'CLIENT_KEY', 'SERVER_CA_CERT'].map((what) => [`TEMPORAL_TLS_${what}_PATH`, `TEMPORAL_TLS_${what}_DATA`]),
]

/**
 * Lays a profile of Temporal's configuration file under the environment, whose variables win: TEMPORAL_CONFIG_FILE names the file, TEMPORAL_PROFILE the
 * profile, `default` if it is not set. The file of a person's home folder is not looked for: what a process is told should not depend on who starts it.
 * Gives the profile's `grpc_meta`, whose names are not those of variables.
 */
export function underlayProfile(reader: SettingsReader): Readonly<Record<string, string>> {
  const name = reader.optional('TEMPORAL_PROFILE')
  if (reader.optional('TEMPORAL_CONFIG_FILE') === undefined) {
    if (name !== undefined) reader.problem('TEMPORAL_PROFILE is set, and TEMPORAL_CONFIG_FILE is not; name the file that has the profile')
    return {}
  }
  const path = reader.readableFile('TEMPORAL_CONFIG_FILE')
  if (path === undefined) return {}
  try {
    const { loadClientConfigProfile } = require('@temporalio/envconfig') as typeof EnvConfig
    const profile = loadClientConfigProfile({ configSource: { path }, disableEnv: true, configFileStrict: true, ...(name !== undefined && { profile: name }) })
    const isSetOtherwise = (variable: string) =>
      ALTERNATIVES.some((names) => names.includes(variable) && names.some((other) => reader.optional(other) !== undefined))
    reader.underlay(Object.fromEntries(Object.entries(variablesOf(profile)).filter(([variable]) => !isSetOtherwise(variable))))
    return profile.grpcMeta ?? {}
  } catch (error) {
    reader.problem(`TEMPORAL_CONFIG_FILE names ${path}, which cannot be used: ${(error as Error).message}`)
    return {}
  }
}

function variablesOf({ address, namespace, apiKey, tls }: Profile): Record<string, string | undefined> {
  return {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    TEMPORAL_API_KEY: apiKey,
    TEMPORAL_TLS: tls?.disabled === undefined ? undefined : String(!tls.disabled),
    TEMPORAL_TLS_SERVER_NAME: tls?.serverName,
    ...pemOf('TEMPORAL_TLS_CLIENT_CERT', tls?.clientCert),
    ...pemOf('TEMPORAL_TLS_CLIENT_KEY', tls?.clientKey),
    ...pemOf('TEMPORAL_TLS_SERVER_CA_CERT', tls?.serverCACert),
  }
}

function pemOf(name: string, source: EnvConfig.ConfigDataSource | undefined): Record<string, string> {
  if (!source) return {}
  return 'path' in source ? { [`${name}_PATH`]: source.path } : { [`${name}_DATA`]: Buffer.from(source.data).toString() }
}
