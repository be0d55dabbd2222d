import { readdirSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The compiler's own records of what it has built (`*.tsbuildinfo`). It takes a source for built that is older than its project's record, also one
 * that was saved after it was read and before the record was written: that save would never be built.
 */
export class BuildRecords {
  readonly #folder: string
  #paths: readonly string[] | undefined

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Dates the records that a build wrote at the build's begin, so that all that was saved since is newer. */
  dateBack(began: Date): void {
    this.#paths ??= findRecords(this.#folder)
    for (const path of this.#paths) {
      const record = statSync(path, { throwIfNoEntry: false })
      if (record && record.mtime > began) utimesSync(path, began, began)
    }
  }
}

function findRecords(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === '.git' ? [] : findRecords(path)
    return entry.name.endsWith('.tsbuildinfo') ? [path] : []
  })
}
