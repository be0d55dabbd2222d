import { createReadStream, watch } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

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

export async function lastLines(folder: string, { name, lines }: { name: string; lines: number }): Promise<string[]> {
  const text = await readFile(join(folder, `${name}.log`), 'utf8')
  const all = text.replace(/\n$/, '').split('\n')
  return lines === 0 || text === '' ? [] : all.slice(-lines)
}

interface Follow {
  readonly names: readonly string[]
  readonly write: (name: string, line: string) => void
}

/** Writes what is added to logs, until the process is ended. A log that was set aside is followed in its new file. */
export async function followLogs(folder: string, { names, write }: Follow): Promise<never> {
  const logs = new Map<string, FollowedLog>()
  for (const name of names)
    logs.set(`${name}.log`, new FollowedLog(join(folder, `${name}.log`), await sizeOf(join(folder, `${name}.log`)), (line) => write(name, line)))
  watch(folder, (_, file) => {
    if (file !== null) void logs.get(file)?.changed()
  })
  return new Promise(() => undefined)
}

/** One log, and how far it was read. */
class FollowedLog {
  readonly #path: string
  readonly #write: (line: string) => void
  #offset: number
  #rest = ''
  #reading: Promise<void> = Promise.resolve()

  constructor(path: string, offset: number, write: (line: string) => void) {
    this.#path = path
    this.#offset = offset
    this.#write = write
  }

  /** Reads what is new, after what is being read. */
  async changed(): Promise<void> {
    const before = this.#reading
    this.#reading = (async () => {
      await before
      await this.#read()
    })()
    await this.#reading
  }

  async #read(): Promise<void> {
    const size = await sizeOf(this.#path)
    if (size < this.#offset) {
      this.#offset = 0
      this.#rest = ''
    }
    if (size === this.#offset) return
    const lines = (this.#rest + (await readRange(this.#path, this.#offset, size))).split('\n')
    this.#offset = size
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#write(line)
  }
}

/** 0 for a log that is being set aside. */
async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}

async function readRange(path: string, from: number, to: number): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of createReadStream(path, { start: from, end: to - 1 })) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
