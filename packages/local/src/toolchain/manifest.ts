import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, rm, stat, utimes } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { readFileIfPresent, writeFileAtomically } from '../state/private-files.ts'
import { commandPath } from './cache-folder.ts'
import type { ProgramRequest, Source } from './program.ts'

/** Written last into an installed folder: what is in it, so that damage is seen. */
interface Manifest {
  readonly name: string
  readonly version: string
  readonly from: Source
  /** By path: the commands, or everything in a folder that is kept whole. */
  readonly files: Readonly<Record<string, InstalledFile>>
}

/** Manifests of earlier versions lack one or both of the last two. */
interface InstalledFile {
  readonly size: number
  /** When it was written, milliseconds since 1970. */
  readonly written?: number
  /** Hexadecimal. */
  readonly sha256?: string
}

/** What is wrong with an installed folder. */
export interface FolderProblem {
  readonly message: string
  /** All that is wrong is that these commands were not asked for when it was installed. */
  readonly lacks?: readonly string[]
}

const MANIFEST = 'manifest.json'

/** What a folder has already by its manifest stays there. */
export async function writeManifest(folder: string, request: ProgramRequest, from: Source): Promise<void> {
  const { name, version, commands, binFolder } = request
  const files: Record<string, InstalledFile> = { ...(await readManifest(folder))?.files }
  for (const path of binFolder === undefined ? commands : await filesBelow(folder)) {
    const { size, mtimeMs } = await stat(join(folder, path))
    files[path] = { size, written: Math.floor(mtimeMs), sha256: await checksum(join(folder, path)) }
  }
  const manifest: Manifest = { name, version, from, files }
  await writeFileAtomically(join(folder, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`, 0o644)
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)))
}

/**
 * What is wrong with an installed folder, if anything. Cheap: sizes and times are compared, which finds what a full disk, a broken copy or another
 * program does. What was written at another time is read: a copy of the folder is as good.
 * @param depth `content` reads every file: it finds what a broken disk does
 */
export async function folderProblem(folder: string, request: ProgramRequest, depth: Depth = 'outside'): Promise<FolderProblem | undefined> {
  const text = await readFileIfPresent(join(folder, MANIFEST))
  if (text === undefined) return { message: 'is not there' }
  const manifest = parse(text)
  if (!manifest) return { message: 'has an unreadable manifest' }
  const commands = request.commands.map((command) => commandPath(request, command))
  for (const [path, known] of Object.entries(manifest.files)) {
    const problem = await fileProblem(join(folder, path), known, { depth, isCommand: commands.includes(path) })
    if (problem !== undefined) return { message: problem.replace('it', path) }
  }
  const lacks = request.commands.filter((command) => manifest.files[commandPath(request, command)] === undefined)
  return lacks.length === 0 ? undefined : { message: `has no ${lacks.join(' and ')}`, lacks }
}

type Depth = 'outside' | 'content'

async function fileProblem(path: string, known: InstalledFile, { depth, isCommand }: { depth: Depth; isCommand: boolean }): Promise<string | undefined> {
  const entry = await stat(path).catch(() => undefined)
  if (!entry) return 'has lost it'
  if (entry.size !== known.size) return `is damaged: it has ${entry.size} bytes and should have ${known.size}`
  if (isCommand && (entry.mode & 0o100) === 0) return 'is damaged: it cannot be run'
  if (known.sha256 === undefined || (depth === 'outside' && (known.written === undefined || Math.floor(entry.mtimeMs) === known.written))) return undefined
  if ((await checksum(path)) !== known.sha256) return 'is damaged: it has another SHA-256 than when it was installed'
  // So that it is not read at every start. A cache that may not be written is read again.
  if (known.written !== undefined && Math.floor(entry.mtimeMs) !== known.written)
    await utimes(path, entry.atime, (known.written + 0.5) / 1000).catch(() => undefined)
  return undefined
}

/** Where an installed folder was had from. */
export async function installedFrom(folder: string): Promise<Source | undefined> {
  return (await readManifest(folder))?.from
}

async function readManifest(folder: string): Promise<Manifest | undefined> {
  const text = await readFileIfPresent(join(folder, MANIFEST))
  return text === undefined ? undefined : parse(text)
}

/** Makes an installed folder count as damaged: the next who needs it fetches it again. */
export async function discard(folder: string): Promise<void> {
  await rm(join(folder, MANIFEST), { force: true })
}

async function checksum(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

function parse(text: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(text) as Partial<Manifest>
    return typeof manifest.files === 'object' && manifest.files !== null ? (manifest as Manifest) : undefined
  } catch {
    return undefined
  }
}
