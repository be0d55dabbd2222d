import type { Readiness, ReadinessCheck } from '@sundial/runtime'
import type { Worker } from '@temporalio/worker'

/** Something that knows whether it is well, such as a `BackgroundProbe`. */
export interface ReadinessSource {
  state(): ReadinessCheck
}

/** What is known of a worker while it starts, runs and stops. */
export class WorkerReadiness {
  readonly #stopping: AbortSignal
  readonly #sources: Readonly<Record<string, ReadinessSource>>
  /** Set once it is made. */
  worker: Worker | undefined
  /** Set once there is somebody to ask. */
  server: ReadinessSource | undefined

  constructor(stopping: AbortSignal, sources: Readonly<Record<string, ReadinessSource>>) {
    this.#stopping = stopping
    this.#sources = sources
  }

  readiness(): Readiness {
    const sources = Object.entries(this.#sources).map(([name, source]) => [name, source.state()] as const)
    const checks = {
      ...Object.fromEntries(sources),
      worker: this.#workerCheck(),
      temporal: this.server?.state() ?? { ok: false, message: 'not connected yet' },
    }
    return { ready: Object.values(checks).every(({ ok }) => ok), checks }
  }

  /** A worker that failed does not recover. */
  alive(): boolean {
    return this.worker?.getState() !== 'FAILED'
  }

  #workerCheck(): ReadinessCheck {
    if (this.#stopping.aborted) return { ok: false, message: 'stopping' }
    const state = this.worker?.getState()
    return state === 'RUNNING' ? { ok: true } : { ok: false, message: state ?? 'starting' }
  }
}
