import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { readFileIfPresent, writeFileAtomically } from '../state/private-files.ts'
import type { ProgramRequest, Step } from './program.ts'

/** Written last into an installed folder: what is in it, so that damage is seen. */
interface Manifest {
  readonly name: string
  readonly version: string
  readonly from: Step
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

const MANIFEST = 'manifest.json'

export async function writeManifest(folder: string, request: ProgramRequest, from: Step): Promise<void> {
  const files: Record<string, InstalledFile> = {}
  for (const command of request.commands) {
    const path = join(folder, command)
    const { size, mtimeMs } = await stat(path)
    files[command] = { size, written: Math.floor(mtimeMs), sha256: await checksum(path) }
  }
  const manifest: Manifest = { name: request.name, version: request.version, from, files }
  await writeFileAtomically(join(folder, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`, 0o644)
}

/**
 * What is wrong with an installed folder, if anything. Cheap: sizes and times are compared, which finds what a full disk, a broken copy or another
 * program does. What was written at another time is read: a copy of the folder is as good.
 * @param depth `content` reads every file: it finds what a broken disk does
 */
export async function folderProblem(folder: string, request: ProgramRequest, depth: 'outside' | 'content' = 'outside'): Promise<string | undefined> {
  const text = await readFileIfPresent(join(folder, MANIFEST))
  if (text === undefined) return 'is not there'
  const manifest = parse(text)
  if (!manifest) return 'has an unreadable manifest'
  for (const command of request.commands) {
    const known = manifest.files[command]
    if (!known) return `has no ${command}`
    const problem = await fileProblem(join(folder, command), known, depth)
    if (problem !== undefined) return problem.replace('it', command)
  }
  return undefined
}

async function fileProblem(path: string, known: InstalledFile, depth: 'outside' | 'content'): Promise<string | undefined> {
  const entry = await stat(path).catch(() => undefined)
  if (!entry) return 'has lost it'
  if (entry.size !== known.size) return `is damaged: it has ${entry.size} bytes and should have ${known.size}`
  if ((entry.mode & 0o100) === 0) return 'is damaged: it cannot be run'
  if (known.sha256 === undefined || (depth === 'outside' && (known.written === undefined || Math.floor(entry.mtimeMs) === known.written))) return undefined
  if ((await checksum(path)) !== known.sha256) return 'is damaged: it has another SHA-256 than when it was installed'
  // So that it is not read at every start. A cache that may not be written is read again.
  if (known.written !== undefined && Math.floor(entry.mtimeMs) !== known.written)
    await utimes(path, entry.atime, (known.written + 0.5) / 1000).catch(() => undefined)
  return undefined
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
