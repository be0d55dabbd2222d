import type { Cursor } from './cursor.ts'
import { namespaceOf } from './object-names.ts'
import { containersOf, type Pods } from './pods.ts'
import type { Tree } from './tree.ts'

/** Where a file of a pod comes from. */
export interface MountedFile {
  readonly kind: 'Secret' | 'ConfigMap'
  readonly name: string
  readonly key: string
}

/** Where the file at a path of a pod comes from, if from a Secret or a ConfigMap. */
export function mountedFile(pods: Pods, path: string): MountedFile | undefined {
  const mounts = containersOf(pods).flatMap((container) => container.get('volumeMounts').items)
  const mount = mounts.filter((at) => isBelow(path, at.get('mountPath').text)).sort((a, b) => lengthOf(b) - lengthOf(a))[0]
  if (!mount) return undefined
  const inside = path.slice(lengthOf(mount)).replace(/^\//, '')
  const volume = pods.spec.get('volumes').items.find((at) => at.get('name').value === mount.get('name').value)
  const wanted = [mount.get('subPath').text, inside].filter((part) => part !== undefined && part !== '').join('/')
  return volume && fromSources(volume, wanted)
}

function isBelow(path: string, folder: string | undefined): boolean {
  return folder !== undefined && (path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`))
}

const lengthOf = (mount: Cursor): number => mount.get('mountPath').text?.length ?? 0

function fromSources(volume: Cursor, wanted: string): MountedFile | undefined {
  const sources = [volume, ...volume.get('projected', 'sources').items]
  const found = sources.flatMap((source) => [...fileFrom('Secret', source.get('secret'), wanted), ...fileFrom('ConfigMap', source.get('configMap'), wanted)])
  return found[0]
}

function fileFrom(kind: MountedFile['kind'], source: Cursor, wanted: string): MountedFile[] {
  const name = source.get('secretName').text ?? source.get('name').text
  if (!source.exists || name === undefined) return []
  const items = source.get('items').items
  if (items.length === 0) return [{ kind, name, key: wanted }]
  return items.flatMap((item) => (item.get('path').text === wanted ? [{ kind, name, key: item.get('key').text ?? wanted }] : []))
}

/** The Certificate that the file at a path of a pod comes from. */
export function certificateOf(tree: Tree, pods: Pods | undefined, path: string | undefined): Cursor | undefined {
  const file = pods && path !== undefined ? mountedFile(pods, path) : undefined
  if (!pods || file?.kind !== 'Secret') return undefined
  return tree.of('cert-manager.io', 'Certificate').find((at) => namespaceOf(at) === pods.namespace && at.get('spec', 'secretName').text === file.name)
}
