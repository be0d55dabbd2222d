import { stat } from 'node:fs/promises'
import { isSystemError } from '../state/private-files.ts'
import { lastLines, runCommand } from '../toolchain/run-command.ts'

export interface User {
  readonly uid: number
  readonly gid: number
}

/** A user of this machine, or nothing if there is none of that name. */
export async function lookUp(name: string): Promise<User | undefined> {
  const [uid, gid] = await Promise.all([runCommand('id', ['-u', name]), runCommand('id', ['-g', name])])
  return uid.code === 0 && gid.code === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : undefined
}

/** Makes a user the owner of folders and all in them, where they exist and are another's. Only root can. */
export async function giveFolders(folders: readonly string[], { uid, gid }: User): Promise<void> {
  for (const folder of folders) {
    const entry = await stat(folder).catch((error: unknown) => {
      if (isSystemError(error, 'ENOENT')) return undefined
      throw error
    })
    if (entry === undefined || entry.uid === uid) continue
    const { code, stderr } = await runCommand('chown', ['-R', `${uid}:${gid}`, folder])
    if (code !== 0) throw new Error(`chown -R ${uid}:${gid} ${folder} ended with ${code}: ${lastLines(stderr)}`)
  }
}
