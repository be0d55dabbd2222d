/** A released program as the versions table describes it. */
export interface ProgramRequest {
  readonly name: string
  readonly version: string
  /** Executables to have, by the names that they are to have. */
  readonly commands: readonly string[]
  readonly release?: ReleaseSource
  readonly go?: GoSource
}

/** A tar.gz archive with the commands in it, anywhere. `{os}` and `{arch}` in addresses are replaced in Go's words: linux, darwin; amd64, arm64. */
export interface ReleaseSource {
  readonly archiveUrl: string
  /** A text of lines `<sha256>  <file name>`. */
  readonly checksumsUrl: string
}

export interface GoSource {
  /** Of the Go language, such as 1.26.8: what the module's go.mod asks for. */
  readonly minimumVersion: string
  /** Path of the main package of each command. The module's version is the program's, with a `v`. */
  readonly packages: Readonly<Record<string, string>>
  /** A Go variable that releases are linked with as their version, for programs that do not know it otherwise. @default none */
  readonly versionVariable?: string
}

/** The ways to have a program, in the order of trial. */
export type Step = 'explicit' | 'cache' | 'release' | 'go'

export interface ResolvedProgram {
  readonly name: string
  readonly version: string
  readonly from: Step
  /** Absolute paths of the executables. */
  readonly commands: Readonly<Record<string, string>>
}

/** What is happening, for people: nothing depends on it. */
export interface ProgramProgress {
  readonly program: string
  readonly step: Step
  readonly message: string
  /** Of a download. */
  readonly doneBytes?: number
  readonly totalBytes?: number
}

export interface ResolveOptions {
  /** Read for SUNDIAL_PROGRAM_…, SUNDIAL_CACHE, XDG_CACHE_HOME, HOME and PATH. @default process.env */
  readonly env?: NodeJS.ProcessEnv
  readonly onProgress?: (progress: ProgramProgress) => void
  /** Stops downloads and builds. */
  readonly signal?: AbortSignal
  /** To the first byte of an answer, milliseconds. @default 15000 */
  readonly connectTimeoutMs?: number
  /** Between two pieces of an answer, milliseconds. @default 30000 */
  readonly stallTimeoutMs?: number
}
