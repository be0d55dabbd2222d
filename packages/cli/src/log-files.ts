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
  const positions = new Map<string, { offset: number; rest: string; busy: Promise<void> }>()
  for (const name of names) positions.set(`${name}.log`, { offset: (await stat(join(folder, `${name}.log`))).size, rest: '', busy: Promise.resolve() })
  watch(folder, (_, file) => {
    const position = file === null ? undefined : positions.get(file)
    if (!file || !position) return
    position.busy = position.busy.then(async () => {
      const size = await stat(join(folder, file)).then(
        (found) => found.size,
        () => 0,
      )
      if (size < position.offset) Object.assign(position, { offset: 0, rest: '' })
      if (size === position.offset) return
      const text = position.rest + (await readRange(join(folder, file), position.offset, size))
      const lines = text.split('\n')
      Object.assign(position, { offset: size, rest: lines.pop() ?? '' })
      for (const line of lines) write(file.slice(0, -'.log'.length), line)
    })
  })
  return new Promise(() => undefined)
}

async function readRange(path: string, from: number, to: number): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of createReadStream(path, { start: from, end: to - 1 })) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
