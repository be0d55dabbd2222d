import { readdir } from 'node:fs/promises'
import { isSystemError } from '../state/private-files.ts'

/** Whether a data folder is still to be made: it is not there, or there is nothing in it. */
export async function isNewDataFolder(dataFolder: string): Promise<boolean> {
  const content = await readdir(dataFolder).catch((error: unknown) => {
    if (isSystemError(error, 'ENOENT')) return []
    throw error
  })
  return content.length === 0
}
