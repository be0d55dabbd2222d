import { once } from 'node:events'
import { createReadStream, watch } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import type { ProcessStatus } from '@sundial/local'

/** Names of the processes that have a log. */
export async function logNames(folder: string): Promise<string[]> {
  try {
    const files = await readdir(folder)
    return files.flatMap((file) => (file.endsWith('.log') ? [file.slice(0, -'.log'.length)] : [])).sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/**
 * The logs that a name means: that of the process, and those of the copies of a workload, without the jobs that prepare it; without a name, all. While the platform runs, only
 * those of its processes are meant, unless one is named that is older.
 */
export function logsOf(
  name: string | undefined,
  known: readonly string[],
  processes: readonly Pick<ProcessStatus, 'name' | 'workload' | 'kind'>[] = [],
): string[] {
  const current = new Set(
    processes
      .filter((process) => name === undefined || name === process.name || (name === process.workload && process.kind === 'service'))
      .map((process) => process.name),
  )
  const running = known.filter((log) => current.has(log))
  if (running.length > 0) return running
  return known.filter((log) => name === undefined || log === name || (log.startsWith(`${name}-`) && /^\d+$/.test(log.slice(name.length + 1))))
}

/** The log of one process: its last lines, and what is added after them. */
export class LogFile {
  readonly name: string
  readonly #path: string
  #decoder = new StringDecoder('utf8')
  #offset = 0
  #rest = ''
  #reading: Promise<void> = Promise.resolve()

  constructor(folder: string, name: string) {
    this.name = name
    this.#path = join(folder, `${name}.log`)
  }

  /** The last lines that are there now. What is written later is found by {@link follow}. */
  async lastLines(count: number): Promise<string[]> {
    const content = await readFile(this.#path)
    this.#offset = content.length
    const lines = this.#decoder.write(content).split('\n')
    this.#rest = lines.pop() ?? ''
    return count === 0 ? [] : lines.slice(-count)
  }

  /** Gives what was added, after what is being read. A log that was set aside begins anew. */
  follow(write: (line: string) => void): void {
    const before = this.#reading
    this.#reading = (async () => {
      await before
      await this.#read(write)
    })()
  }

  async #read(write: (line: string) => void): Promise<void> {
    const size = await sizeOf(this.#path)
    if (size < this.#offset) {
      this.#offset = 0
      this.#rest = ''
      this.#decoder = new StringDecoder('utf8')
    }
    if (size === this.#offset) return
    const added = await readRange(this.#path, this.#offset, size)
    this.#offset += added.length
    const lines = (this.#rest + this.#decoder.write(added)).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) write(line)
  }
}

export interface FollowOptions {
  readonly write: (name: string, line: string) => void
  /** Ends it. @default it goes on until the process is ended */
  readonly signal?: AbortSignal
}

/** Writes what is added to logs. */
export async function followLogs(folder: string, logs: readonly LogFile[], { write, signal }: FollowOptions): Promise<void> {
  const byFile = new Map(logs.map((log) => [`${log.name}.log`, log]))
  const follow = (log: LogFile | undefined): void => log?.follow((line) => write(log.name, line))
  const watcher = watch(folder, { ...(signal && { signal }) }, (_, file) => follow(byFile.get(file ?? '')))
  // What was written while the last lines were printed.
  for (const log of logs) follow(log)
  await once(watcher, 'close')
}

/** 0 for a log that is being set aside. */
async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}

/** What can be read of a range: nothing of a log that was set aside meanwhile. */
async function readRange(path: string, from: number, to: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of createReadStream(path, { start: from, end: to - 1 })) chunks.push(chunk as Buffer)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return Buffer.concat(chunks)
}
