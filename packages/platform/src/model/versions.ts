import { COLLECTOR_VERSIONS } from './collector.ts'
import { OPENSEARCH_VERSIONS } from './opensearch.ts'
import type { ProgramName } from './programs.ts'
import { TEST_SERVER_VERSIONS } from './test-server.ts'

/** Released programs: what each version can do, and how it is had. Nothing else compares version numbers. */
export interface ProgramVersion<Capabilities> {
  readonly version: string
  readonly capabilities: Capabilities
  /** Executables, as workloads name them. */
  readonly commands: readonly string[]
  /** The image that has a command, without its tag, which is the version. Absent where an operator chooses it. */
  readonly images?: Readonly<Record<string, string>>
  /** How its configuration files name an environment variable, after this first line. Absent: it has no template of its own that keeps every character. */
  readonly fileTemplate?: FileTemplate
  /** What a command says of its version, where that is not the program's. */
  readonly commandVersions?: Readonly<Record<string, string>>
  /** It runs from a folder with libraries and more, which is kept whole. Its commands are in this folder of it. */
  readonly binFolder?: string
  /** Absent for programs that are found on the machine or come from a package. */
  readonly release?: Release
  readonly go?: GoSource
  readonly maven?: MavenSource
}

export interface FileTemplate {
  readonly firstLine: string
  /** Text that the program replaces with the variable's value, quoted. */
  readonly variable: (name: string) => string
}

export interface Release {
  /** `{os}` and `{arch}` are replaced in Go's words: linux, darwin; amd64, arm64. */
  readonly archiveUrl: string
  /** A text of lines `<SHA-256 or SHA-512> <file name>`. */
  readonly checksumsUrl: string
  /** The publisher's words for some of Go's architectures. */
  readonly architectures?: Readonly<Record<string, string>>
  /** Systems that there are archives for, in Go's words. @default all */
  readonly systems?: readonly string[]
}

/** A program that no released module is: its go.mod and its source. */
export interface GoModule {
  readonly goMod: string
  /** The main package, in one file. */
  readonly main: string
}

export interface GoSource {
  readonly minimumVersion: string
  /** Package of each executable. */
  readonly packages?: Readonly<Record<string, string>>
  /** Instead, a module that is written where it is built, for a program with one executable. */
  readonly module?: GoModule
  /** A Go variable that releases are linked with as their version, for programs that do not know it otherwise. @default none */
  readonly versionVariable?: string
}

/** A program made of libraries from a Maven repository, with the files that its own archive would have around them. */
export interface MavenSource {
  /** Major versions of Java that run it, and the variable that names the folder of one. */
  readonly java: { readonly oldest: number; readonly newest?: number; readonly homeVariable: string }
  /** `<group>:<artifact>:<version>`; what they need comes with them. */
  readonly artifacts: readonly string[]
  /** Where libraries go, by the beginnings of their paths in a repository; all others go to `lib`. */
  readonly folders: Readonly<Record<string, readonly string[]>>
  /** Further files, by path; those in `binFolder` are made executable. */
  readonly files: Readonly<Record<string, string>>
}

export interface TemporalCapabilities {
  /** The worker service answers gRPC health checks (from 1.31). */
  readonly systemWorkerHealth: boolean
  /** JWKS may be read from `file://` (from 1.32). */
  readonly jwksFromFile: boolean
  /** Versions that the schema jobs migrate to. */
  readonly schema: { readonly main: string; readonly visibility: string }
}

function temporal(version: string, goVersion: string, capabilities: TemporalCapabilities): ProgramVersion<TemporalCapabilities> {
  const release = `https://github.com/temporalio/temporal/releases/download/v${version}`
  return {
    version,
    capabilities,
    commands: ['temporal-server', 'temporal-sql-tool', 'temporal-elasticsearch-tool'],
    commandVersions: { 'temporal-elasticsearch-tool': '0.0.1' },
    images: {
      'temporal-server': 'temporalio/server',
      'temporal-sql-tool': 'temporalio/admin-tools',
      'temporal-elasticsearch-tool': 'temporalio/admin-tools',
      // Waits in a pod for people who use the tools.
      sleep: 'temporalio/admin-tools',
    },
    // Go's text/template with sprig, from 1.30.
    fileTemplate: { firstLine: '# enable-template', variable: (name) => `{{ env "${name}" | quote }}` },
    release: { archiveUrl: `${release}/temporal_${version}_{os}_{arch}.tar.gz`, checksumsUrl: `${release}/checksums.txt` },
    go: {
      minimumVersion: goVersion,
      packages: {
        'temporal-server': 'go.temporal.io/server/cmd/server',
        'temporal-sql-tool': 'go.temporal.io/server/cmd/tools/sql',
        'temporal-elasticsearch-tool': 'go.temporal.io/server/cmd/tools/elasticsearch',
      },
    },
  }
}

function temporalUi(version: string, goVersion: string): ProgramVersion<object> {
  const release = `https://github.com/temporalio/ui-server/releases/download/v${version}`
  return {
    version,
    capabilities: {},
    commands: ['ui-server'],
    images: { 'ui-server': 'temporalio/ui' },
    release: { archiveUrl: `${release}/ui-server_${version}_{os}_{arch}.tar.gz`, checksumsUrl: `${release}/ui-server_${version}_checksums.txt` },
    go: { minimumVersion: goVersion, packages: { 'ui-server': 'github.com/temporalio/ui-server/v2/cmd/server' } },
  }
}

/** Newest first: the first is the default. Schema versions are those that each server checks at start. */
export const TEMPORAL_VERSIONS = [
  temporal('1.32.1', '1.26.8', { systemWorkerHealth: true, jwksFromFile: true, schema: { main: '1.19', visibility: '1.14' } }),
  temporal('1.31.4', '1.26.8', { systemWorkerHealth: true, jwksFromFile: false, schema: { main: '1.19', visibility: '1.14' } }),
  temporal('1.30.9', '1.26.10', { systemWorkerHealth: false, jwksFromFile: false, schema: { main: '1.18', visibility: '1.13' } }),
] as const

export const TEMPORAL_UI_VERSIONS = [temporalUi('2.55.0', '1.26.5')] as const

/** One major: the last that both Debian 12 and the embedded package offer with the same minor. */
export const POSTGRESQL_VERSIONS: readonly ProgramVersion<object>[] = [{ version: '15', capabilities: {}, commands: ['postgres'] }]

/** The entry of a version that the configuration's checks have let through. */
export function programVersion(name: ProgramName, version: string): ProgramVersion<unknown> {
  const known = VERSIONS[name].find((entry) => entry.version === version)
  if (!known) throw new Error(`${name} ${version} is not in the versions table`)
  return known
}

export function temporalCapabilities(version: string): TemporalCapabilities {
  return programVersion('temporal', version).capabilities as TemporalCapabilities
}

export const VERSIONS: Readonly<Record<ProgramName, readonly ProgramVersion<unknown>[]>> = {
  temporal: TEMPORAL_VERSIONS,
  'temporal-ui': TEMPORAL_UI_VERSIONS,
  postgresql: POSTGRESQL_VERSIONS,
  opensearch: OPENSEARCH_VERSIONS,
  'opentelemetry-collector': COLLECTOR_VERSIONS,
  'temporal-test-server': TEST_SERVER_VERSIONS,
}

export function knownVersions(name: ProgramName): [string, ...string[]] {
  return VERSIONS[name].map((entry) => entry.version) as [string, ...string[]]
}
