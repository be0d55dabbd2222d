import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const VERSION = '4.32.0'
const FOLDER = join(homedir(), '.cache', 'sundial', `schemathesis-${VERSION}`)
const PROGRAM = join(FOLDER, 'bin', 'schemathesis')
/** Milliseconds to install it once. */
const INSTALL_MS = 240_000

/** Installs Schemathesis in a virtual environment of its own, once. Gives the reason when it cannot be had. */
export async function installSchemathesis(): Promise<string | undefined> {
  if (existsSync(PROGRAM)) return undefined
  for (const command of [
    ['python3', '-m', 'venv', FOLDER],
    [join(FOLDER, 'bin', 'pip'), 'install', '--quiet', '--disable-pip-version-check', `schemathesis==${VERSION}`],
  ] as const) {
    const { code, output } = await run(command, { timeoutMs: INSTALL_MS })
    if (code === 0) continue
    // Half of it would be taken for all of it the next time.
    await rm(FOLDER, { recursive: true, force: true })
    return `schemathesis cannot be installed: ${output.trim().split('\n').at(-1)}`
  }
  return undefined
}

export interface SchemathesisOptions {
  /** Of the API. */
  readonly url: string
  /** @default none */
  readonly token?: string
  /** How many cases an operation gets when they are made at random. */
  readonly examples: number
  /** Whether it also goes through every limit that the document names, one by one. @default true */
  readonly coverage?: boolean
}

/** What it says of an API, and how many cases it sent. */
export interface SchemathesisReport {
  readonly ok: boolean
  readonly output: string
  readonly cases: number
}

/** Sends what the document of an API allows, and what it does not; no answer may be 5xx, or other than the document says. */
export async function schemathesis({ url, token, examples, coverage = true }: SchemathesisOptions): Promise<SchemathesisReport> {
  const folder = await mkdtemp(join(tmpdir(), 'schemathesis-'))
  try {
    // In the environment, and not on a command line that everybody can read.
    if (token !== undefined) await writeFile(join(folder, 'schemathesis.toml'), 'headers = { Authorization = "Bearer ${API_TOKEN}" }\n')
    const checks = 'not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance'
    const args = [`${url}/openapi.json`, '--checks', checks, '--phases', coverage ? 'coverage,fuzzing' : 'fuzzing', '--max-examples', String(examples)]
    const command = [
      PROGRAM,
      'run',
      ...args,
      '--seed',
      '1',
      '--request-timeout',
      '70',
      '--suppress-health-check',
      'all',
      '--warnings',
      'off',
      '--no-color',
    ] as const
    const { code, output } = await run(command, { cwd: folder, env: { API_TOKEN: token ?? '' } })
    return { ok: code === 0, output, cases: Number(/(\d+) generated/.exec(output)?.[1] ?? 0) }
  } finally {
    await rm(folder, { recursive: true })
  }
}

interface RunOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** @default as long as it takes */
  readonly timeoutMs?: number
}

async function run([program, ...args]: readonly [string, ...string[]], { cwd, env, timeoutMs }: RunOptions): Promise<{ code: number; output: string }> {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(timeoutMs !== undefined && { timeout: timeoutMs }),
  })
  const failed = once(child, 'error').then(([error]) => String(error))
  const [output, ended] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]).then(
    ([out, errors, [code]]) => [`${out}${errors}`, code as number | null] as const,
    async () => [await failed, null] as const,
  )
  return { code: ended ?? 1, output }
}
