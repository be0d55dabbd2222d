import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { SundialError } from '@sundial/platform'
import { BuildRecords } from './build-records.ts'
import { parseDiagnostics, type BuildDiagnostic } from './diagnostics.ts'

/** How a build ended. */
export type BuildResult =
  | { readonly ok: true }
  /** `output` is all that the compiler said, for what is no diagnostic. */
  | { readonly ok: false; readonly diagnostics: readonly BuildDiagnostic[]; readonly output: string }

/** The first of these that a project has is what is built. The first names only what runs, without its tests. */
const PROJECT_FILES = ['tsconfig.build.json', 'tsconfig.json']

/**
 * The TypeScript of a project, run for each change. It works out by itself what is out of date, and a build in which little changed takes a
 * fraction of a second. Its own watching asks for changes every two seconds, and takes half a core for it.
 */
export class Compiler {
  readonly #folder: string
  readonly #project: string
  readonly #program: string
  readonly #records: BuildRecords

  /** @throws SundialError `SUN_USAGE` if the project has no TypeScript, or nothing to build */
  constructor(folder: string) {
    const project = PROJECT_FILES.find((name) => existsSync(join(folder, name)))
    if (project === undefined) {
      throw new SundialError('SUN_USAGE', `there is no ${PROJECT_FILES.join(' or ')} in ${folder}`, {
        hint: 'Write one whose "references" name your applications: dev builds it after each change.',
      })
    }
    this.#folder = folder
    this.#project = project
    this.#program = findCompiler(folder)
    this.#records = new BuildRecords(folder)
  }

  /** Builds what is out of date, unless the signal ends it. What keeps the compiler from running is an output of it too. */
  async build(signal: AbortSignal): Promise<BuildResult> {
    // It ends before its memory matters, and collecting garbage is a third of its time.
    const began = new Date()
    const env = { ...process.env, GOGC: process.env['GOGC'] ?? '400' }
    const args = [this.#program, '-b', this.#project, '--pretty', 'false']
    const child = spawn(process.execPath, args, { cwd: this.#folder, env, signal, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output += chunk))
    const code = await new Promise<number | null>((resolve) => {
      child.once('error', (error) => (output += error.message))
      child.once('close', resolve)
    })
    this.#records.dateBack(began)
    return code === 0 ? { ok: true } : { ok: false, diagnostics: parseDiagnostics(output), output: output.trim() }
  }
}

function findCompiler(folder: string): string {
  try {
    const description = createRequire(join(folder, 'package.json')).resolve('typescript/package.json')
    return join(dirname(description), 'bin', 'tsc')
  } catch (error) {
    throw new SundialError('SUN_USAGE', `TypeScript is not installed in ${folder}`, { hint: 'Install it: npm install --save-dev typescript', cause: error })
  }
}
