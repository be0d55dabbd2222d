import type { SettingsReader } from './settings-reader.ts'

const PREFIX = 'TEMPORAL_GRPC_META_'

export interface GrpcMetadataSources {
  /** `grpc_meta` of a profile of Temporal's configuration file. */
  readonly profile: Readonly<Record<string, string>>
  /** Whether the process has a token, which is sent as `authorization`. */
  readonly hasToken: boolean
}

/**
 * Reads the headers for every request to Temporal: `TEMPORAL_GRPC_META_X_TEAM=orders` is the header `x-team`. A variable that is set to nothing takes
 * the header of a profile away, as in Temporal's SDKs. Nothing when there are none.
 */
export function readGrpcMetadata(reader: SettingsReader, { profile, hasToken }: GrpcMetadataSources): Readonly<Record<string, string>> | undefined {
  const ofProfile = Object.entries(profile).map(([name, value]) => ({ from: `grpc_meta.${name}`, name: headerName(name), value: value.trim() }))
  const ofEnvironment = reader.startingWith(PREFIX).map(([name, value]) => ({ from: name, name: headerName(name.slice(PREFIX.length)), value }))
  const headers = new Map([...ofProfile, ...ofEnvironment].map((header) => [header.name, header]))
  const set = [...headers.values()].filter(({ value }) => value !== '')
  for (const { from, name, value } of set) {
    const problem = problemOf(name, value, hasToken)
    if (problem !== undefined) reader.problem(`${from} ${problem}`)
  }
  return set.length === 0 ? undefined : Object.fromEntries(set.map(({ name, value }) => [name, value]))
}

function headerName(text: string): string {
  return text.toLowerCase().replaceAll('_', '-')
}

/** Values may be secrets, so they are not shown. */
function problemOf(name: string, value: string, hasToken: boolean): string | undefined {
  if (!/^[a-z0-9.-]+$/.test(name)) return `makes the header "${name}"; write letters, digits, "-", "_" and "." only`
  if (name.startsWith('grpc-') || name.endsWith('-bin')) return `makes the header "${name}"; names that begin with "grpc-" or end with "-bin" are gRPC's own`
  if (name === 'authorization' && hasToken) return 'is set, and this process sends a token there; remove one of them'
  return /^[\x20-\x7e]+$/.test(value) ? undefined : 'has a character that a header cannot have; write printable ASCII'
}
