import type { KubernetesObject } from '../object.ts'
import type { OutputFile } from './output-file.ts'
import { split, type ObjectPatch, type Overlay } from './split.ts'
import { document } from './yaml.ts'

/** Objects of the whole cluster are a unit of their own; all others go with their namespace. */
const CLUSTER_UNIT = 'cluster'

/** The part of a tree that an object is in: Argo CD brings each to the cluster by itself. */
export function unitOf({ kind, metadata }: KubernetesObject): string {
  return kind === 'Namespace' ? CLUSTER_UNIT : (metadata.namespace ?? CLUSTER_UNIT)
}

/** Units in the order of their names, the cluster's own first: everything else stands on it. */
export function unitsOf(objects: readonly KubernetesObject[]): string[] {
  const names = new Set(objects.map(unitOf))
  names.delete(CLUSTER_UNIT)
  return [CLUSTER_UNIT, ...[...names].sort()]
}

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

function kustomization(path: string, content: object): OutputFile {
  return { path: `${path}/kustomization.yaml`, content: document({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...content }) }
}

function fileName({ kind, metadata }: KubernetesObject): string {
  return `${kind.toLowerCase()}-${metadata.name.replaceAll(/[^a-z0-9.-]/g, '-')}.yaml`
}
