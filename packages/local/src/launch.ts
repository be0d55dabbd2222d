import type { ProcessSpec } from '@sundial/platform/process'
import type { InstalledProgram } from './programs.ts'
import { absolutePaths, bundleFolder } from './toolchain/index.ts'
import { asUnprivileged } from './postgresql/index.ts'
import { materialiseText, type ReadSecret } from './secrets/index.ts'

/** What is executed for a process. The environment may hold secrets: it must not be logged. */
export interface Launch {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
}

/**
 * All that a process gets of our own environment. The rest could change what programs do: a stray TEMPORAL_ variable does.
 * Some tell our own jobs where programs are, others name roots that are to be trusted beside the public ones.
 */
const INHERITED = [
  'PATH',
  'HOME',
  'USER',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'SUNDIAL_PROGRAM_POSTGRESQL',
  'SUNDIAL_CACHE',
  'XDG_CACHE_HOME',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'OPENSEARCH_JAVA_HOME',
] as const

/** Programs that do not run as root. */
const REFUSE_ROOT: ReadonlySet<string> = new Set(['postgresql', 'opensearch'])

export interface LaunchContext {
  readonly programs: readonly InstalledProgram[]
  readonly readSecret: ReadSecret
  /** Working folder of the processes. */
  readonly folder: string
}

export async function launchOf(spec: ProcessSpec, { programs, readSecret, folder }: LaunchContext): Promise<Launch> {
  const own = Object.entries(spec.env).map(([name, text]) => [name, materialiseText(text, readSecret)] as const)
  const ours = absolutePaths(process.env)
  const inherited = INHERITED.flatMap((name) => (ours[name] === undefined ? [] : [[name, ours[name]] as const]))
  const env = Object.fromEntries([...inherited, ...own])
  const { program } = spec
  const cache = { SUNDIAL_BUNDLE_CACHE: bundleFolder(process.env) }
  if (program.kind === 'node')
    return { command: process.execPath, args: ['--enable-source-maps', program.module, ...spec.args], env: { ...cache, ...env }, cwd: folder }
  const command = programs.find(({ name }) => name === program.name)?.commands[program.command]
  if (command === undefined) throw new Error(`the program ${program.name} has no command "${program.command}"`)
  if (!REFUSE_ROOT.has(program.name)) return { command, args: spec.args, env, cwd: folder }
  const unprivileged = await asUnprivileged(command, spec.args, spec.folders)
  return { command: unprivileged.command, args: unprivileged.args, env, cwd: folder }
}
