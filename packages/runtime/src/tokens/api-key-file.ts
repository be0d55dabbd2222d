import { readFile } from 'node:fs/promises'
import type { TokenSource, TokenSourceOptions } from './token-source.ts'

/** An API key that is replaced while programs run. A file that cannot be read, or is empty, as when it is just being replaced, does not take away what is known. */
export class ApiKeyFile implements TokenSource {
  #known: string
  #readAt = performance.now()
  readonly #path: string
  readonly #lookEveryMs: number
  readonly #onRefreshFailed: (error: unknown) => void

  constructor(known: string, path: string, { lookEveryMs = 5000, onRefreshFailed = () => {} }: TokenSourceOptions) {
    this.#known = known
    this.#path = path
    this.#lookEveryMs = lookEveryMs
    this.#onRefreshFailed = onRefreshFailed
  }

  async token(): Promise<string> {
    if (performance.now() - this.#readAt < this.#lookEveryMs) return this.#known
    this.#readAt = performance.now()
    try {
      const now = (await readFile(this.#path, 'utf8')).trim()
      if (now === '') throw new Error(`${this.#path} is empty`)
      this.#known = now
    } catch (error) {
      this.#onRefreshFailed(error)
    }
    return this.#known
  }
}
