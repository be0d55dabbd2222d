import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LOCK_FILE, parseLock } from '@sundial/operations/image-lock'
import type { Project } from '../config/project.ts'

export function lockPath({ folder }: Pick<Project, 'folder'>): string {
  return join(folder, LOCK_FILE)
}

/** The digests that are locked; none where nobody has locked any. */
export async function readDigests(project: Pick<Project, 'folder'>): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(lockPath(project), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return text === undefined ? {} : parseLock(text)
}
