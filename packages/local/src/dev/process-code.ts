import { existsSync, readFileSync } from 'node:fs'
import type { ProcessPlan, ProcessSpec } from '@sundial/platform/process'
import { ModuleGraph } from './module-graph.ts'

/** What must be done after a build. */
export interface ChangedCode {
  /** Services whose code is another than what they run. */
  readonly services: readonly string[]
  /** Jobs that have run, and whose code is another now. */
  readonly jobs: readonly string[]
  /** Whether the configuration, or built code that it imports, is another. */
  readonly configuration: boolean
}

export interface ProcessCodeOptions {
  readonly projectFolder: string
  readonly configFile: string
  readonly platform: { readonly processes: Pick<ProcessPlan, 'processes'> }
}

type NodeProgram = Extract<ProcessSpec['program'], { readonly kind: 'node' }>

/** What a configuration imports, in TypeScript, which the lexer of built modules does not read; or names as a contract, in YAML. */
const IMPORTED = /\bfrom\s+(['"])([^'"]+)\1|\bcontract:\s*['"]?([^\s'"#]+)/g

/** The code of the processes that are modules of the project, and of its configuration, as it was when it was last compared. */
export class ProcessCode {
  readonly #graph: ModuleGraph
  readonly #specs: readonly (ProcessSpec & { readonly program: NodeProgram })[]
  readonly #configFile: string
  readonly #known = new Map<string, string>()

  constructor({ projectFolder, configFile, platform }: ProcessCodeOptions) {
    this.#graph = new ModuleGraph(projectFolder)
    this.#configFile = configFile
    this.#specs = platform.processes.processes.filter((spec): spec is ProcessSpec & { program: NodeProgram } => spec.program.kind === 'node')
    this.changed()
  }

  /** What is another since the last call, which counts as done with it. */
  changed(): ChangedCode {
    const changed = this.#specs.filter(({ name, program }) => this.#isNew(name, this.#graph.of([program.module]).fingerprint))
    const named = (kind: ProcessSpec['kind']) => changed.filter((spec) => spec.kind === kind).map(({ name }) => name)
    return { services: named('service'), jobs: named('job'), configuration: this.#isNew('', this.#configuration()) }
  }

  /** Modules of installed packages that a process imports, as addresses. */
  installed(name: string): readonly string[] {
    const spec = this.#specs.find((each) => each.name === name)
    return spec === undefined ? [] : this.#graph.of([spec.program.module]).installed
  }

  #isNew(key: string, fingerprint: string): boolean {
    const known = this.#known.get(key)
    this.#known.set(key, fingerprint)
    return known !== fingerprint
  }

  #configuration(): string {
    const file = this.#configFile
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const files = [...text.matchAll(IMPORTED)].flatMap(([, , imported, named]) => this.#graph.resolve(imported ?? named ?? '', file) ?? [])
    return this.#graph.of([file, ...files]).fingerprint
  }
}
