/** A released program as the versions table describes it. */
export interface ProgramRequest {
  readonly name: string
  readonly version: string
  /** Executables to have, by the names that they are to have. */
  readonly commands: readonly string[]
  /** What a command says of its version, where that is not the program's. */
  readonly commandVersions?: Readonly<Record<string, string>>
  /** What each of its commands is asked with for its version. @default --version */
  readonly versionArguments?: readonly string[]
  /** It runs from a folder with libraries and more, which is kept whole. Its commands are in this folder of it. */
  readonly binFolder?: string
  readonly release?: ReleaseSource
  readonly go?: GoSource
  readonly maven?: MavenSource
}

/** A tar.gz archive with the commands in it, anywhere. `{os}` and `{arch}` in addresses are replaced in Go's words: linux, darwin; amd64, arm64. */
export interface ReleaseSource {
  readonly archiveUrl: string
  /** A text of lines `<SHA-256 or SHA-512>  <file name>`, hexadecimal. */
  readonly checksumsUrl: string
  /** The publisher's words for some of Go's architectures. */
  readonly architectures?: Readonly<Record<string, string>>
  /** Systems that there are archives for, in Go's words. @default all */
  readonly systems?: readonly string[]
}

/** A program made of libraries from a Maven repository, with the files that its own archive would have around them. */
export interface MavenSource {
  /** Major versions of Java that run it, and the variable that names the folder of one. */
  readonly java: { readonly oldest: number; readonly newest?: number; readonly homeVariable: string }
  /** `<group>:<artifact>:<version>`; what they need comes with them. */
  readonly artifacts: readonly string[]
  /** Where libraries go, by the beginnings of their paths in a repository; all others go to `lib`. */
  readonly folders: Readonly<Record<string, readonly string[]>>
  /** Further files, by path. */
  readonly files: Readonly<Record<string, string>>
}

/** Which versions of Java run a program, in words. */
export function javaVersions({ oldest, newest }: MavenSource['java']): string {
  return `Java ${oldest} ${newest === undefined ? 'or newer' : `to ${newest}`}`
}

/** A program that no released module is: its go.mod and its source. */
export interface GoModule {
  readonly goMod: string
  /** The main package, in one file. */
  readonly main: string
}

export interface GoSource {
  /** Of the Go language, such as 1.26.8: what the module's go.mod asks for. */
  readonly minimumVersion: string
  /** Path of the main package of each command. The module's version is the program's, with a `v`. */
  readonly packages?: Readonly<Record<string, string>>
  /** Instead, a module that is written where it is built: its one command is the program's. */
  readonly module?: GoModule
  /** A Go variable that releases are linked with as their version, for programs that do not know it otherwise. @default none */
  readonly versionVariable?: string
  /** What releases of it put before the version there. @default nothing */
  readonly versionPrefix?: string
}

/** Where a program can be had from, in the order of trial. */
export const SOURCES = ['release', 'go', 'maven'] as const
export type Source = (typeof SOURCES)[number]
/** The ways to have a program, in the order of trial. */
export type Step = 'explicit' | 'cache' | Source

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
