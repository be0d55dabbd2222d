import { EventEmitter } from 'node:events'
import type { ProcessStatus } from './status.ts'

/** The states of all processes, and who is told of changes. */
export class Board {
  readonly #statuses: Map<string, ProcessStatus>
  readonly #changes = new EventEmitter<{ change: [ProcessStatus] }>().setMaxListeners(0)

  constructor(statuses: readonly ProcessStatus[]) {
    this.#statuses = new Map(statuses.map((status) => [status.name, status]))
  }

  get(name: string): ProcessStatus {
    const status = this.#statuses.get(name)
    if (status === undefined) throw new Error(`there is no process "${name}"; there are ${[...this.#statuses.keys()].join(', ')}`)
    return status
  }

  all(): readonly ProcessStatus[] {
    return [...this.#statuses.values()]
  }

  /** Changes a status. Nobody is told when it was like that already. */
  update(name: string, patch: Partial<Omit<ProcessStatus, 'name' | 'since'>>): void {
    const before = this.get(name)
    if (Object.entries(patch).every(([key, value]) => same(before[key as keyof ProcessStatus], value))) return
    const since = patch.state === undefined || patch.state === before.state ? before.since : new Date().toISOString()
    const after = { ...before, ...patch, since }
    this.#statuses.set(name, after)
    this.#changes.emit('change', after)
  }

  onChange(listener: (status: ProcessStatus) => void): void {
    this.#changes.on('change', listener)
  }

  /** Resolves with true as soon as the condition holds, and with false when the signal is given first. Looked at after every change. */
  until(condition: () => boolean, signal?: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (signal?.aborted) finish(false)
        else if (condition()) finish(true)
      }
      const finish = (held: boolean): void => {
        this.#changes.off('change', look)
        signal?.removeEventListener('abort', look)
        resolve(held)
      }
      this.#changes.on('change', look)
      signal?.addEventListener('abort', look)
      look()
    })
  }
}

function same(before: unknown, after: unknown): boolean {
  if (Array.isArray(before) && Array.isArray(after)) return before.length === after.length && before.every((each, index) => each === after[index])
  return before === after
}
