import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Makes a folder that only its owner can open, and those above it. One that exists is closed to others. */
export async function makePrivateFolder(path: string): Promise<void> {
  await makeFolders(path)
  await chmod(path, 0o700)
}

/** Not with `recursive`: on file systems where nothing can be made, such as /proc, Node then never comes back. */
async function makeFolders(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 })
  } catch (error) {
    if (isSystemError(error, 'EEXIST') && (await stat(path)).isDirectory()) return
    if (!isSystemError(error, 'ENOENT') || existsSync(dirname(path))) throw error
    await makeFolders(dirname(path))
    await makeFolders(path)
  }
}

/**
 * Writes a file in one step: a reader sees the old content or the new, also after a crash.
 * The mode is 0600 unless told, and holds from the first byte.
 */
export async function writeFileAtomically(path: string, content: string | Uint8Array, mode = 0o600): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const staging = `${path}.${randomUUID()}.new`
  try {
    const file = await open(staging, 'wx', mode)
    try {
      await file.writeFile(content)
      await file.chmod(mode) // the umask may have taken bits away
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(staging, path)
  } catch (error) {
    await rm(staging, { force: true })
    throw error
  }
}

/** The content of a file, or nothing if there is none. */
export async function readFileIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined
    throw error
  }
}

/** What is in a folder; nothing if there is none. */
export async function listIfPresent(path: string): Promise<string[]> {
  try {
    return await readdir(path)
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return []
    throw error
  }
}

/** Whether an error is the operating system's, with one of these codes. */
export function isSystemError(error: unknown, ...codes: readonly string[]): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
