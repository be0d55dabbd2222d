import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readFileIfPresent, writeFileAtomically } from '../state/private-files.ts'
import type { ProgramRequest, Step } from './program.ts'

/** Written last into an installed folder: what is in it, so that damage is seen. */
interface Manifest {
  readonly name: string
  readonly version: string
  readonly from: Step
  readonly files: Readonly<Record<string, { readonly size: number }>>
}

const MANIFEST = 'manifest.json'

export async function writeManifest(folder: string, request: ProgramRequest, from: Step): Promise<void> {
  const files: Record<string, { size: number }> = {}
  for (const command of request.commands) {
    const path = join(folder, command)
    files[command] = { size: (await stat(path)).size }
  }
  const manifest: Manifest = { name: request.name, version: request.version, from, files }
  await writeFileAtomically(join(folder, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`, 0o644)
}

/**
 * What is wrong with an installed folder, if anything. Cheap: sizes are compared, which finds what a full disk or a broken
 * copy does. Checksums are checked where a program comes from.
 */
export async function folderProblem(folder: string, request: ProgramRequest): Promise<string | undefined> {
  const text = await readFileIfPresent(join(folder, MANIFEST))
  if (text === undefined) return 'is not there'
  const manifest = parse(text)
  if (!manifest) return 'has an unreadable manifest'
  for (const command of request.commands) {
    const known = manifest.files[command]
    if (!known) return `has no ${command}`
    const entry = await stat(join(folder, command)).catch(() => undefined)
    if (!entry) return `has lost ${command}`
    if (entry.size !== known.size) return `is damaged: ${command} has ${entry.size} bytes and should have ${known.size}`
    if ((entry.mode & 0o100) === 0) return `is damaged: ${command} cannot be run`
  }
  return undefined
}

function parse(text: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(text) as Partial<Manifest>
    return typeof manifest.files === 'object' && manifest.files !== null ? (manifest as Manifest) : undefined
  } catch {
    return undefined
  }
}
