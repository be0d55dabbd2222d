import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

export interface Entry {
  readonly path: string
  readonly kind: 'file' | 'folder' | 'other'
  /** Permission bits, as `chmod` takes them. */
  readonly mode: string
}

/** Everything below a folder, and the folder. What is removed meanwhile is left out. */
export async function entriesBelow(folder: string): Promise<Entry[]> {
  const paths = [folder, ...(await readdir(folder, { recursive: true })).map((name) => join(folder, name))]
  const entries = await Promise.all(paths.map(entryOf))
  return entries.filter((entry) => entry !== undefined)
}

async function entryOf(path: string): Promise<Entry | undefined> {
  try {
    const stat = await lstat(path)
    const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other'
    return { path, kind, mode: (stat.mode & 0o7777).toString(8).padStart(4, '0') }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
