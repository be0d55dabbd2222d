import { readFileSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { SundialError } from '@sundial/platform'
import { RENDERED, type OutputFile } from '@sundial/platform/kubernetes'

/** Folders of a tree that are rendered as a whole: whatever else is in them goes. */
const RENDERED_FOLDERS = ['applications', 'base', 'overlays']

/** How a tree on disk differs from what is rendered, by paths from its root. */
export interface TreeDifference {
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
}

export async function compareTree(root: string, files: readonly OutputFile[]): Promise<TreeDifference> {
  const known = new Set(await filesBelow(root))
  const wanted = new Set(files.map(({ path }) => path))
  const there = files.filter(({ path }) => known.has(path))
  // Hundreds of small files are read fastest one after the other.
  return {
    added: files.map(({ path }) => path).filter((path) => !known.has(path)),
    changed: there.filter(({ path, content }) => readFileSync(join(root, path), 'utf8') !== content).map(({ path }) => path),
    removed: [...known].filter((path) => !wanted.has(path)).sort(),
  }
}

/**
 * Writes what differs, and removes what is no longer rendered.
 * @throws SundialError `SUN_USAGE` if files of others would be removed: then nothing is written
 */
export async function writeTree(root: string, files: readonly OutputFile[]): Promise<TreeDifference> {
  const difference = await compareTree(root, files)
  const foreign = difference.removed.filter((path) => !readFileSync(join(root, path), 'utf8').startsWith(RENDERED))
  if (foreign.length > 0) {
    const others = foreign.length > 1 ? `, and ${foreign.length - 1} more` : ''
    throw new SundialError('SUN_USAGE', `${root} has files that were not rendered: ${foreign[0]}${others}`, {
      hint: `Move them out of ${RENDERED_FOLDERS.join(', ')}, which are rendered as a whole, or choose another folder with --out.`,
    })
  }
  const touched = new Set([...difference.added, ...difference.changed])
  for (const { path, content } of files) {
    if (!touched.has(path)) continue
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), content)
  }
  for (const path of difference.removed) await rm(join(root, path))
  await removeEmpty(root, difference.removed)
  return difference
}

/** Folders of which nothing is left. */
async function removeEmpty(root: string, removed: readonly string[]): Promise<void> {
  const folders = new Set(removed.map((path) => dirname(path)).filter((folder) => folder !== '.'))
  for (const folder of [...folders].sort((a, b) => b.length - a.length)) {
    for (let at = folder; at !== '.'; at = dirname(at)) {
      const left = await readdir(join(root, at)).catch(() => ['gone'])
      if (left.length > 0) break
      await rm(join(root, at), { recursive: true })
    }
  }
}

async function filesBelow(root: string): Promise<string[]> {
  const found = await Promise.all(
    RENDERED_FOLDERS.map(async (folder) => {
      try {
        const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
        return entries.filter((entry) => entry.isFile()).map((entry) => relative(root, join(entry.parentPath, entry.name)))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
        throw error
      }
    }),
  )
  return found.flat()
}
