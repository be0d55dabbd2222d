import { open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Stands beside a new data folder until all of it is on disk. */
export const unflushedMark = (dataFolder: string): string => `${dataFolder}.unflushed`

/**
 * Brings a new data folder to disk. `initdb` would wait for that, for up to two seconds in which nothing can be lost yet: it is done when the platform
 * is up. A start that was interrupted before has left the mark, and the next one does it.
 */
export async function flushDataFolder(dataFolder: string): Promise<void> {
  const mark = unflushedMark(dataFolder)
  if (!(await stat(mark).catch(() => undefined))) return
  for (const entry of await readdir(dataFolder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) await flushFile(join(entry.parentPath, entry.name))
  }
  await rm(mark)
}

/** The server removes files while this runs: what is not there need not be flushed. */
async function flushFile(path: string): Promise<void> {
  const file = await open(path).catch(() => undefined)
  try {
    await file?.sync()
  } finally {
    await file?.close()
  }
}
