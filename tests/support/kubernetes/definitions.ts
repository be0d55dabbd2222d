import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { KubernetesApi, Manifest } from '@sundial/operations/deploy'
import { parseAllDocuments } from 'yaml'

interface Definition extends Manifest {
  readonly spec: {
    readonly group: string
    readonly names: { readonly kind: string }
    readonly versions: readonly { readonly name: string; readonly served: boolean }[]
  }
}

/** How long the API server may take until it serves what it was told of, milliseconds. */
const SERVED_MS = 120_000
const PERIOD_MS = 100

/** Upstream definitions, a folder a project: the folder that SUNDIAL_CRDS names. */
export async function upstreamDefinitions(folder: string): Promise<readonly Definition[]> {
  const files = (await readdir(folder, { recursive: true })).filter((name) => /\.ya?ml$/.test(name)).sort()
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))
  return texts
    .flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as Definition))
    .filter((object) => object?.kind === 'CustomResourceDefinition')
}

/** Applies them, and waits until the API server serves every one. */
export async function define(definitions: readonly Definition[], api: KubernetesApi): Promise<void> {
  await Promise.all(definitions.map((definition) => api.apply(definition)))
  const kinds = definitions.flatMap(({ spec: { group, names, versions } }) =>
    versions.filter(({ served }) => served).map(({ name }) => ({ apiVersion: `${group}/${name}`, kind: names.kind })),
  )
  const end = performance.now() + SERVED_MS
  for (const kind of kinds)
    while (!(await api.knows(kind))) {
      if (performance.now() > end) throw new Error(`the API server does not serve ${kind.kind} of ${kind.apiVersion}`)
      await pause(PERIOD_MS)
    }
}
