import { listIfPresent } from '../state/private-files.ts'

/** Whether a data folder is still to be made: it is not there, or there is nothing in it. */
export async function isNewDataFolder(dataFolder: string): Promise<boolean> {
  return (await listIfPresent(dataFolder)).length === 0
}
