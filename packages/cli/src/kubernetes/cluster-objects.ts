import type { AnyObject } from '@sundial/platform/validate'
import { kubectl, type ClusterChoice } from './kubectl.ts'

export interface ClusterObjects {
  /** What the cluster has, of what is wanted and of what was once rendered. */
  readonly before: readonly AnyObject[]
  /** The same after a deployment, with everything that the API server fills in. */
  readonly after: readonly AnyObject[]
}

interface Wanted extends AnyObject {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> }
}

/** Who owns the fields that we set. */
const FIELD_MANAGER = 'sundial'

/**
 * What a cluster has, and what it would have: the API server is asked to apply the objects without doing it, so that its defaults and what others own are no
 * difference.
 * @throws SundialError `SUN_KUBECTL_FAILED`
 */
export async function clusterObjects(wanted: readonly Wanted[], choice: ClusterChoice): Promise<ClusterObjects> {
  const current = await read(['get', '--ignore-not-found', '-o', 'json', '-f', '-'], choice, wanted)
  const present = new Set(current.map((object) => keyOf(object)))
  const [there, missing] = [wanted.filter((object) => present.has(keyOf(object))), wanted.filter((object) => !present.has(keyOf(object)))]
  const applied =
    there.length === 0
      ? []
      : await read(
          ['apply', '--server-side', '--force-conflicts', '--dry-run=server', `--field-manager=${FIELD_MANAGER}`, '-o', 'json', '-f', '-'],
          choice,
          there,
        )
  return {
    before: [...current, ...(await leftOver(wanted, choice))].map((object) => own(object)),
    after: [...applied.map((object) => own(object)), ...missing],
  }
}

async function read(args: readonly string[], choice: ClusterChoice, input: readonly AnyObject[]): Promise<Wanted[]> {
  const answer = await kubectl(args, choice, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: input }))
  if (answer.trim() === '') return []
  const value = JSON.parse(answer) as Wanted & { readonly items?: readonly Wanted[] }
  return value.kind === 'List' ? [...(value.items ?? [])] : [value]
}

/** Objects with the platform's own labels that are no longer wanted. */
async function leftOver(wanted: readonly Wanted[], choice: ClusterChoice): Promise<Wanted[]> {
  const labels = wanted.find(({ metadata }) => metadata.labels?.['app.kubernetes.io/managed-by'] === FIELD_MANAGER)?.metadata.labels
  if (!labels) return []
  const selector = ['app.kubernetes.io/managed-by', 'app.kubernetes.io/part-of'].map((name) => `${name}=${labels[name]}`).join(',')
  const kinds = [...new Set(wanted.map(({ apiVersion, kind }) => kindOf(String(apiVersion), kind)))].join(',')
  const answer = await kubectl(['get', kinds, '--all-namespaces', '--ignore-not-found', '-l', selector, '-o', 'json'], choice)
  const found =
    answer.trim() === ''
      ? []
      : (JSON.parse(answer) as { readonly items: readonly (Wanted & { readonly metadata: { readonly ownerReferences?: unknown } })[] }).items
  const keys = new Set(wanted.map((object) => keyOf(object)))
  // What belongs to another object goes with it.
  return found.filter((object) => !keys.has(keyOf(object)) && object.metadata.ownerReferences === undefined)
}

/** A kind as kubectl takes it: `Deployment.v1.apps`. */
function kindOf(apiVersion: string, kind: string): string {
  const [group = '', version] = apiVersion.split('/')
  return version === undefined ? kind : `${kind}.${version}.${group}`
}

function keyOf({ apiVersion, kind, metadata: { name, namespace = '' } }: Wanted): string {
  const version = String(apiVersion)
  return [version.includes('/') ? version.slice(0, version.indexOf('/')) : '', kind, namespace, name].join('/')
}

/** Without what the API server keeps for itself. */
function own({ metadata, ...object }: Wanted): AnyObject {
  const {
    managedFields: _m,
    resourceVersion: _r,
    uid: _u,
    generation: _g,
    creationTimestamp: _c,
    selfLink: _s,
    ...rest
  } = metadata as Readonly<Record<string, unknown>>
  const { status: _status, ...others } = object as Readonly<Record<string, unknown>>
  return { ...others, metadata: rest }
}
