import { readdir } from 'node:fs/promises'
import { isSystemError } from '../state/private-files.ts'

/** Whether a data folder is still to be made: it is not there, or there is nothing in it. */
export async function isNewDataFolder(dataFolder: string): Promise<boolean> {
  return (await contentOf(dataFolder)).length === 0
}

/** What is in a folder; nothing for one that is not there. */
export async function contentOf(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (isSystemError(error, 'ENOENT')) return []
    throw error
  })
}
