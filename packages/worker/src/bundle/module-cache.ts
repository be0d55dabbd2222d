import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * Lends out a folder where the bundler keeps compiled modules, to one user at a time: it is moved away, and moved back when it was used. Whoever comes meanwhile
 * begins with an empty one, and the last to return wins. One whose user died is lost, and made again.
 */
export async function withModuleCache<T>(path: string, use: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const holder = await mkdtemp(`${path}.`)
  const taken = join(holder, 'modules')
  await rename(path, taken).catch(() => mkdir(taken))
  try {
    const result = await use(taken)
    // Only an empty folder can be replaced by another: a full one has to go first.
    if (await stat(path).catch(() => undefined)) await rename(path, join(holder, 'older'))
    await rename(taken, path)
    return result
  } finally {
    await rm(holder, { recursive: true, force: true })
  }
}
