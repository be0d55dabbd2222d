import { relative, sep } from 'node:path'
import { watch } from 'chokidar'

export interface WatchSourcesOptions {
  /** The project's folder. */
  readonly folder: string
  /**
   * Told which files changed, from the folder, once nothing has changed for a moment; and when the last one did, by `performance.now()`. A file
   * that was removed is one of them.
   */
  readonly onChange: (files: readonly string[], at: number) => void
  /** The moment, milliseconds: editors write a file in several steps. @default 50 */
  readonly quietMs?: number
  /** The longest wait while files keep changing, milliseconds: a checkout touches hundreds. @default 1000 */
  readonly longestMs?: number
}

/** What is written by builds and tools, and by the platform itself. Folders whose name begins with a dot are left out too. */
const IGNORED = new Set(['node_modules', 'dist', 'build', 'coverage'])

/** Watches the files of a project. Resolves when it does. */
export async function watchSources(options: WatchSourcesOptions): Promise<{ close(): Promise<void> }> {
  const { folder } = options
  const batch = new Batch(options)
  const watcher = watch(folder, { ignoreInitial: true, atomic: false, ignored: (path) => isIgnored(relative(folder, path)) })
  await new Promise<void>((resolve, reject) => {
    watcher.once('ready', resolve)
    watcher.once('error', reject)
  })
  watcher.on('all', (event, path) => {
    if (event !== 'addDir' && event !== 'unlinkDir') batch.add(relative(folder, path))
  })
  // Such as too many files for this user: what is watched stays watched.
  watcher.on('error', (error) => process.emitWarning(`not all files are watched: ${String(error)}`))
  return {
    async close() {
      batch.clear()
      await watcher.close()
    },
  }
}

/** Whether a path, seen from the project's folder, is none of its sources. */
export function isIgnored(path: string): boolean {
  if (path.endsWith('.tsbuildinfo')) return true
  return path.split(sep).some((name) => IGNORED.has(name) || (name.startsWith('.') && name.length > 1 && name !== '..') || name.endsWith('~'))
}

/** Changes that belong together. */
export class Batch {
  readonly #options: Pick<WatchSourcesOptions, 'onChange' | 'quietMs' | 'longestMs'>
  readonly #files = new Set<string>()
  #quiet: NodeJS.Timeout | undefined
  #longest: NodeJS.Timeout | undefined
  #at = 0

  constructor(options: Pick<WatchSourcesOptions, 'onChange' | 'quietMs' | 'longestMs'>) {
    this.#options = options
  }

  add(file: string): void {
    this.#files.add(file)
    this.#at = performance.now()
    clearTimeout(this.#quiet)
    this.#quiet = setTimeout(() => this.#give(), this.#options.quietMs ?? 50)
    this.#longest ??= setTimeout(() => this.#give(), this.#options.longestMs ?? 1000)
  }

  clear(): void {
    clearTimeout(this.#quiet)
    clearTimeout(this.#longest)
    this.#longest = undefined
    this.#files.clear()
  }

  #give(): void {
    const files = [...this.#files].toSorted()
    this.clear()
    this.#options.onChange(files, this.#at)
  }
}
