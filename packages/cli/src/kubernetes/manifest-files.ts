import { readdir, readFile, stat } from 'node:fs/promises'
import { text as readAll } from 'node:stream/consumers'
import { join, resolve } from 'node:path'
import { SundialError } from '@sundial/platform'
import { shownPath } from '../output.ts'
import { readObjects, type ReadObject } from './manifest-text.ts'

/** What stands for standard input. */
const STANDARD_INPUT = '-'
const MANIFEST = /\.(ya?ml|json)$/
/** Objects of kustomize: they say what is done to others. */
const KUSTOMIZE = /^kustomize\.config\.k8s\.io\//

export interface ManifestFiles {
  readonly objects: readonly ReadObject[]
  /** Folders of charts: their templates are no objects before helm has filled them in. */
  readonly charts: readonly string[]
}

/**
 * The objects of files, of folders with all that is below them, and of standard input.
 * @throws SundialError `SUN_MANIFEST_UNREADABLE`
 */
export async function readManifestFiles(paths: readonly string[]): Promise<ManifestFiles> {
  const found = await Promise.all(paths.map(async (path) => (path === STANDARD_INPUT ? fromStandardInput() : fromPath(resolve(path)))))
  const [objects, charts] = [found.flatMap((each) => each.objects), found.flatMap((each) => each.charts)]
  // Whatever should have written them has failed, and nothing is not well.
  if (objects.length === 0) {
    const hint =
      charts.length > 0
        ? `A chart has none before helm has filled it in: helm template ${charts[0]} | ./sundial validate -`
        : 'Name files or folders that have some.'
    throw new SundialError(
      'SUN_MANIFEST_UNREADABLE',
      `there are no Kubernetes objects in ${paths.map((path) => (path === STANDARD_INPUT ? 'standard input' : path)).join(', ')}`,
      { hint },
    )
  }
  return { objects, charts }
}

async function fromStandardInput(): Promise<ManifestFiles> {
  return { objects: readObjects({ file: 'standard input', text: await readAll(process.stdin) }), charts: [] }
}

async function fromPath(path: string): Promise<ManifestFiles> {
  try {
    return (await stat(path)).isDirectory() ? await fromFolder(path) : { objects: await fromFile(path), charts: [] }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new SundialError('SUN_MANIFEST_UNREADABLE', `there is no ${shownPath(path)}`, {
      hint: 'Name a file, a folder, or - for standard input.',
      cause: error,
    })
  }
}

async function fromFolder(folder: string): Promise<ManifestFiles> {
  const entries = (await readdir(folder, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  if (entries.some(({ name }) => name === 'Chart.yaml')) return { objects: [], charts: [shownPath(folder)] }
  const below = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
      .map(async ({ name }) => fromFolder(join(folder, name))),
  )
  const files = await Promise.all(
    entries.filter((entry) => entry.isFile() && MANIFEST.test(entry.name)).map(async ({ name }) => ({ name, objects: await fromFile(join(folder, name)) })),
  )
  const patches = patchFiles(files.flatMap(({ objects }) => objects))
  return {
    objects: [
      ...files.filter(({ name }) => !patches.has(name)).flatMap(({ objects }) => objects.filter(({ object }) => !isKustomize(object))),
      ...below.flatMap(({ objects }) => objects),
    ],
    charts: below.flatMap(({ charts }) => charts),
  }
}

async function fromFile(path: string): Promise<readonly ReadObject[]> {
  return readObjects({ file: shownPath(path), text: await readFile(path, 'utf8') })
}

function isKustomize({ apiVersion }: ReadObject['object']): boolean {
  return typeof apiVersion === 'string' && KUSTOMIZE.test(apiVersion)
}

/** Files beside a kustomization that change objects, and are none. */
function patchFiles(objects: readonly ReadObject[]): ReadonlySet<string> {
  const patches = objects
    .filter(({ object }) => isKustomize(object))
    .flatMap(({ object }) => ((object as { readonly patches?: unknown }).patches ?? []) as readonly { readonly path?: string }[])
  return new Set(patches.flatMap(({ path }) => path?.replace(/^\.\//, '') ?? []))
}
