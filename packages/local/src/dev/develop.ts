import type { ProcessPlan } from '@sundial/platform/process'
import { RestartError, StoppedError, type ProcessProblem, type Supervisor } from '../supervisor/index.ts'
import { Compiler } from './compiler.ts'
import type { BuildDiagnostic } from './diagnostics.ts'
import { ProcessCode } from './process-code.ts'
import { standby } from './standby.ts'
import { watchSources } from './watch-sources.ts'

/** What happens while somebody works on the sources. */
export type DevelopEvent =
  | { readonly kind: 'changed'; readonly files: readonly string[] }
  /** What runs goes on as it is. */
  | { readonly kind: 'build-failed'; readonly diagnostics: readonly BuildDiagnostic[]; readonly output: string }
  /** `fixed`: the build before it failed. `restarts` names the services whose code is another now; `jobs` those that ended, and whose code is too. */
  | {
      readonly kind: 'built'
      readonly milliseconds: number
      readonly fixed: boolean
      readonly restarts: readonly string[]
      readonly jobs: readonly string[]
    }
  /** `milliseconds` since the last save before the build. */
  | { readonly kind: 'restarted'; readonly process: string; readonly milliseconds: number }
  | { readonly kind: 'restart-failed'; readonly problem: ProcessProblem }
  /** The configuration, or what it imports, now makes another plan than the one that runs: parts that are new, gone, or different. */
  | { readonly kind: 'plan-changed'; readonly parts: readonly string[] }
  /** The configuration cannot be read, or is wrong. */
  | { readonly kind: 'plan-invalid'; readonly message: string }

/** The parts of the plan that are not as they run, or why there is no plan. */
export type PlanComparison = { readonly parts: readonly string[] } | { readonly problem: string }

/** What it takes of a running platform. */
export interface DevelopedPlatform {
  readonly supervisor: Supervisor
  readonly processes: Pick<ProcessPlan, 'processes'>
}

export interface DevelopOptions {
  readonly platform: DevelopedPlatform
  readonly projectFolder: string
  readonly configFile: string
  /** Reads the configuration anew, and compares its plan with the one that runs. */
  readonly comparePlan: () => Promise<PlanComparison>
  readonly onEvent: (event: DevelopEvent) => void
}

/**
 * Builds the project after each change of its sources, and restarts the processes whose code is another then. Resolves when it watches.
 * @throws SundialError `SUN_USAGE` if there is nothing to build, or no compiler
 */
export async function develop(options: DevelopOptions): Promise<{ close(): Promise<void> }> {
  const loop = new DevelopLoop(options)
  const watcher = await watchSources({ folder: options.projectFolder, onChange: (files, at) => loop.changed(files, at) })
  // What was saved while everything started.
  loop.changed([], performance.now())
  void loop.warm()
  return {
    async close() {
      await watcher.close()
      await loop.close()
    },
  }
}

class DevelopLoop {
  readonly #options: DevelopOptions
  readonly #compiler: Compiler
  readonly #code: ProcessCode
  readonly #over = new AbortController()
  /** Files that changed since the last build began. */
  #pending: Set<string> | undefined
  #savedAt = 0
  #failed = false
  #working: Promise<void> | undefined
  /** The newest restart of each process: what an older one waits for is told by this one. */
  readonly #newest = new Map<string, number>()
  #comparing: Promise<void> = Promise.resolve()

  constructor(options: DevelopOptions) {
    this.#options = options
    this.#compiler = new Compiler(options.projectFolder)
    this.#code = new ProcessCode(options)
  }

  changed(files: readonly string[], at: number): void {
    this.#savedAt = at
    this.#pending = new Set([...(this.#pending ?? []), ...files])
    this.#working ??= this.#work().finally(() => (this.#working = undefined))
  }

  /** Gets copies ready of what one changes most: those that one need not wait for when they are replaced. */
  async warm(): Promise<void> {
    const { processes } = this.#options.platform.processes
    await Promise.all(processes.filter(({ stop }) => stop.handsOver).map(({ name }) => this.#warm(name)))
  }

  async close(): Promise<void> {
    this.#over.abort()
    await this.#working
  }

  /** One build at a time; what changes meanwhile is built next. Restarts go on beside it: a newer one takes over. */
  async #work(): Promise<void> {
    while (this.#pending && !this.#over.signal.aborted) {
      const files = [...this.#pending]
      this.#pending = undefined
      await this.#build(files, this.#savedAt)
    }
  }

  async #build(files: readonly string[], savedAt: number): Promise<void> {
    const { onEvent } = this.#options
    if (files.length > 0) onEvent({ kind: 'changed', files })
    const began = performance.now()
    const result = await this.#compiler.build(this.#over.signal)
    if (this.#over.signal.aborted) return
    if (!result.ok) {
      this.#failed = true
      return onEvent({ kind: 'build-failed', diagnostics: result.diagnostics, output: result.output })
    }
    const fixed = this.#failed
    this.#failed = false
    const { services, jobs, configuration } = this.#code.changed()
    onEvent({ kind: 'built', milliseconds: performance.now() - began, fixed, restarts: services, jobs })
    void this.#apply({ services, configuration, savedAt })
  }

  async #apply({ services, configuration, savedAt }: { services: readonly string[]; configuration: boolean; savedAt: number }): Promise<void> {
    await Promise.all(services.map((name) => this.#restart(name, savedAt)))
    // After the restarts, which one waits for.
    if (configuration) this.#comparing = this.#comparing.then(() => this.#comparePlan())
  }

  async #restart(name: string, savedAt: number): Promise<void> {
    const { platform, onEvent } = this.#options
    const number = (this.#newest.get(name) ?? 0) + 1
    this.#newest.set(name, number)
    try {
      await platform.supervisor.restart(name)
      if (this.#newest.get(name) !== number) return
      onEvent({ kind: 'restarted', process: name, milliseconds: performance.now() - savedAt })
      await this.#warm(name)
    } catch (error) {
      if (this.#newest.get(name) !== number || error instanceof StoppedError) return
      if (!(error instanceof RestartError)) throw error
      onEvent({ kind: 'restart-failed', problem: error.problem })
    }
  }

  async #warm(name: string): Promise<void> {
    const { supervisor, processes } = this.#options.platform
    if (this.#over.signal.aborted || !processes.processes.some((spec) => spec.name === name && spec.stop.handsOver)) return
    await supervisor.warm(name, (prepared) => standby(prepared, this.#code.installed(name)))
  }

  async #comparePlan(): Promise<void> {
    const { comparePlan, onEvent } = this.#options
    if (this.#over.signal.aborted) return
    const comparison = await comparePlan()
    if ('problem' in comparison) onEvent({ kind: 'plan-invalid', message: comparison.problem })
    else if (comparison.parts.length > 0) onEvent({ kind: 'plan-changed', parts: comparison.parts })
  }
}
