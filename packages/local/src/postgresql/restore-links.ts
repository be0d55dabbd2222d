import { readlink, rm, symlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { isSystemError, readFileIfPresent } from '../state/private-files.ts'

/** Makes the links that a package of embedded PostgreSQL lists, where they are not there yet. */
export async function restoreLinks(packageFolder: string): Promise<void> {
  const list = await readFileIfPresent(join(packageFolder, 'native', 'pg-symlinks.json'))
  const links = list === undefined ? [] : (JSON.parse(list) as { source: string; target: string }[])
  for (const { source, target } of links) await ensureLink(join(packageFolder, target), relative(dirname(target), source))
}

async function ensureLink(path: string, to: string): Promise<void> {
  const found = await readlink(path).catch((error: unknown) => {
    if (isSystemError(error, 'ENOENT')) return undefined
    // A file where a link should be: some archivers follow links.
    if (isSystemError(error, 'EINVAL')) return to
    throw error
  })
  if (found === to) return
  if (found !== undefined) await rm(path)
  await symlink(to, path).catch((error: unknown) => {
    // Another process may make the same links now.
    if (!isSystemError(error, 'EEXIST')) throw error
  })
}
