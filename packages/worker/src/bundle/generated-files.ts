import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ManifestFiles } from './manifest-files.ts'

/** A folder with the manifest in it, and how to be done with it. */
export interface GeneratedFolder {
  readonly path: string
  release(): Promise<void>
}

/**
 * Writes the manifest where the bundler finds it: in a folder of its own that goes away, or in one of the same name each time, since the bundler knows what
 * it compiled by its place.
 *
 * @param keptIn holds such folders. @default nothing is kept
 */
export async function writeManifest(make: () => ManifestFiles, name: string, keptIn?: string): Promise<GeneratedFolder> {
  // Its name says what is in it: one that is there need not be made.
  if (keptIn !== undefined && existsSync(join(keptIn, name))) return { path: join(keptIn, name), release: () => Promise.resolve() }
  if (keptIn !== undefined) await mkdir(keptIn, { recursive: true, mode: 0o700 })
  const fresh = await mkdtemp(keptIn === undefined ? join(tmpdir(), 'sundial-manifest-') : join(keptIn, `${name}.`))
  const remove = () => rm(fresh, { recursive: true, force: true })
  try {
    await Promise.all(Object.entries(make()).map(([file, content]) => writeFile(join(fresh, file), content)))
  } catch (error) {
    await remove()
    throw error
  }
  if (keptIn === undefined) return { path: fresh, release: remove }
  const path = join(keptIn, name)
  await rename(fresh, path).catch(remove)
  return { path, release: () => Promise.resolve() }
}
