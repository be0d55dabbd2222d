import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ContractError } from '@sundial/contract'
import { BundleError } from './bundle-error.ts'
import { type BundleLabel, labelDifferences, readLabel } from './bundle-label.ts'
import { bundle, bundleLabel, type BundleWorkflowsOptions, type WorkflowBundle } from './bundle-workflows.ts'
import { withModuleCache } from './module-cache.ts'

/** A bundle that was kept, and what it was made from: the content of each file, by hash. */
interface KeptBundle {
  readonly code: string
  readonly files: Readonly<Record<string, string>>
}

/** How a bundle was had. */
export interface CachedBundle {
  readonly code: string
  readonly cached: boolean
}

/**
 * The same as `bundleWorkflows`, with bundles kept in a folder: one is used again while every file that it was made from has the
 * same content, and the contract's schemas and the SDK are the same. A folder that cannot be read or written costs only the time.
 *
 * @param folder made if it is not there; one file a collection of workflows
 */
export async function cachedBundle(options: BundleWorkflowsOptions, folder: string): Promise<CachedBundle> {
  const { contract, tracing = false } = options
  const name = `${contract.name}${tracing ? '-traced' : ''}-${hash(fileURLToPath(options.workflows)).slice(0, 16)}`
  const path = join(folder, `${name}.json`)
  const kept = await readKept(path)
  if (kept && isLabelled(kept.code, bundleLabel(contract, tracing)) && (await isUnchanged(kept.files))) return { code: kept.code, cached: true }
  const began = Date.now()
  const { code, files } = await bundleKeeping(options, folder, name)
  const hashes = await hashesOf(files)
  if (await anyChangedSince(began, files)) return { code, cached: false }
  await keep(path, folder, { code, files: hashes }).catch((error: unknown) => options.logger?.debug({ error, path }, 'the bundle is not kept'))
  return { code, cached: false }
}

/** What the bundler compiled is kept too: of a bundle of which one file has changed, all others need not be compiled again. */
async function bundleKeeping(options: BundleWorkflowsOptions, folder: string, name: string): Promise<WorkflowBundle> {
  try {
    return await withModuleCache(join(folder, `${name}.modules`), (modules) => bundle(options, { modules, manifests: join(folder, 'manifests') }))
  } catch (error) {
    // These are about the code and the contract; anything else is about the folder.
    if (error instanceof BundleError || error instanceof ContractError) throw error
    options.logger?.debug({ error, folder }, 'what the bundler compiled cannot be kept')
    return bundle(options)
  }
}

async function readKept(path: string): Promise<KeptBundle | undefined> {
  try {
    const { code, files } = JSON.parse(await readFile(path, 'utf8')) as Partial<KeptBundle>
    return typeof code === 'string' && typeof files === 'object' ? { code, files } : undefined
  } catch {
    return undefined
  }
}

function isLabelled(code: string, wanted: BundleLabel): boolean {
  const found = readLabel(code)
  return found !== undefined && labelDifferences(found, wanted).length === 0
}

async function isUnchanged(files: KeptBundle['files']): Promise<boolean> {
  const paths = Object.keys(files)
  const now = await hashesOf(paths).catch(() => undefined)
  return now !== undefined && paths.length > 0 && paths.every((path) => now[path] === files[path])
}

/** Whether a file was saved while it was bundled: what the bundle has of it is then not known. Times of files have milliseconds at best. */
async function anyChangedSince(time: number, paths: readonly string[]): Promise<boolean> {
  const changes = await Promise.all(paths.map(async (path) => (await stat(path)).mtimeMs))
  return changes.some((at) => at > time + 1)
}

async function hashesOf(paths: readonly string[]): Promise<Record<string, string>> {
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, hash(await readFile(path))] as const)))
}

/** In one step, so that a worker that starts at the same moment reads the old one or the new one. */
async function keep(path: string, folder: string, kept: KeptBundle): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const incomplete = `${path}.${process.pid}`
  await writeFile(incomplete, JSON.stringify(kept), { mode: 0o600 })
  await rename(incomplete, path)
}

function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
