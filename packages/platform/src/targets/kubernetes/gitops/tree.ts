import type { KubernetesObject } from '../object.ts'
import { fileName, kustomization } from './files.ts'
import type { OutputFile } from './output-file.ts'
import { split, type ObjectPatch, type Overlay } from './split.ts'
import { unitOf, unitsOf } from './units.ts'
import { document } from './yaml.ts'

/** The tree for kustomize: `base/<unit>` has what is equal everywhere, `overlays/<environment>/<unit>` what differs. */
export function kustomizeTree<Environment extends string>(environments: ReadonlyMap<Environment, readonly KubernetesObject[]>): OutputFile[] {
  const names = [...environments.keys()]
  const units = unitsOf([...environments.values()].flat())
  const perUnit = units.flatMap((unit) => {
    const inUnit = new Map(names.map((name) => [name, (environments.get(name) ?? []).filter((object) => unitOf(object) === unit)]))
    const { base, overlays } = split(inUnit)
    return [
      ...(base.length > 0 ? folder(`base/${unit}`, { objects: base, patches: [] }) : []),
      ...names.flatMap((name) => folder(`overlays/${name}/${unit}`, overlays[name], base.length > 0 ? [`../../../base/${unit}`] : [])),
    ]
  })
  return [...perUnit, ...names.map((name) => kustomization(`overlays/${name}`, { resources: units }))]
}

function folder(path: string, { objects, patches }: Overlay, inherited: readonly string[] = []): OutputFile[] {
  const files = objects.map((object) => ({ path: `${path}/${fileName(object)}`, content: document(object) }))
  const patchFiles = patches.map(({ object, operations }) => ({ path: `${path}/patches/${fileName(object)}`, content: document(operations) }))
  const resources = [...inherited, ...objects.map(fileName)]
  return [kustomization(path, { resources, ...(patches.length > 0 && { patches: patches.map(patchEntry) }) }), ...files, ...patchFiles]
}

function patchEntry({ object }: ObjectPatch): object {
  const { apiVersion, kind, metadata } = object
  const slash = apiVersion.indexOf('/')
  const group = slash === -1 ? {} : { group: apiVersion.slice(0, slash) }
  const namespace = metadata.namespace === undefined ? {} : { namespace: metadata.namespace }
  return { path: `patches/${fileName(object)}`, target: { ...group, version: apiVersion.slice(slash + 1), kind, name: metadata.name, ...namespace } }
}
