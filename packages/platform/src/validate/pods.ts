import type { Cursor } from './cursor.ts'
import { kindKey, namespaceOf } from './object-names.ts'

/** Pods as an object describes them. */
export interface Pods {
  readonly owner: Cursor
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
  /** The pod's specification. */
  readonly spec: Cursor
}

const TEMPLATE = ['spec', 'template']
/** Where each kind has its pods' template. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  '/Pod': [],
  '/ReplicationController': TEMPLATE,
  'apps/Deployment': TEMPLATE,
  'apps/StatefulSet': TEMPLATE,
  'apps/DaemonSet': TEMPLATE,
  'apps/ReplicaSet': TEMPLATE,
  'batch/Job': TEMPLATE,
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
  'argoproj.io/Rollout': TEMPLATE,
  'temporal.io/WorkerDeployment': TEMPLATE,
  'temporal.io/TemporalWorkerDeployment': TEMPLATE,
}

export function podsOf(owner: Cursor): Pods[] {
  const path = TEMPLATES[kindKey(owner)]
  if (!path) return []
  const template = owner.get(...path)
  return [{ owner, namespace: namespaceOf(owner), labels: template.get('metadata', 'labels').labels ?? {}, spec: template.get('spec') }]
}

/** All containers of a pod, in the order in which they start. */
export function containersOf({ spec }: Pick<Pods, 'spec'>): Cursor[] {
  return [...spec.get('initContainers').items, ...spec.get('containers').items]
}

/** Containers that stay: an init container may be one, too. */
export function servingContainers({ spec }: Pick<Pods, 'spec'>): Cursor[] {
  return [...spec.get('initContainers').items.filter((each) => each.get('restartPolicy').text === 'Always'), ...spec.get('containers').items]
}

/** Ports of the containers that stay. */
export function portsOf(pods: Pick<Pods, 'spec'>): Cursor[] {
  return servingContainers(pods).flatMap((container) => container.get('ports').items)
}

/** Whether a port is one of these, by its name or its number. Kubernetes does not need a port to be listed to be reached by number. */
export function hasPort(ports: readonly Cursor[], port: unknown): boolean {
  return ports.some((each) => (typeof port === 'string' ? each.get('name').value === port : each.get('containerPort').value === port))
}

export function portNames(ports: readonly Cursor[]): string {
  const names = ports.map((each) => each.get('name').text ?? String(each.get('containerPort').value))
  return names.length === 0 ? 'none' : names.join(', ')
}
