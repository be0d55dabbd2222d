import type { Cursor } from '../cursor.ts'
import { namespaceLabels } from '../network/policies.ts'
import { containersOf, type Pods } from '../pods.ts'
import type { Problem, Rule } from '../rule.ts'

const LEVEL = 'pod-security.kubernetes.io/enforce'
const HOST = ['hostNetwork', 'hostPID', 'hostIPC'] as const
const VOLUMES = new Set(['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret', 'name'])

export const podSecurity: Rule = {
  id: 'pod-security',
  meaning: 'Pods are such as the level "restricted" of the Pod Security Standards allows, except in namespaces that say another level.',
  why: 'Whoever takes over a program takes over its node; with the level on the namespace, the API server refuses the pod.',
  severity: 'error',
  *check(tree) {
    for (const pods of tree.pods) {
      const level = namespaceLabels(tree, pods.namespace)[LEVEL] ?? 'restricted'
      if (level === 'restricted') yield* restricted(pods)
    }
  },
}

function* restricted(pods: Pods): Iterable<Problem> {
  const { spec } = pods
  for (const key of HOST) if (spec.get(key).value === true) yield spec.get(key).problem('must not be true')
  for (const volume of spec.get('volumes').items)
    for (const [kind, at] of volume.entries) if (!VOLUMES.has(kind)) yield at.problem(`${kind} is no volume that is allowed`)
  for (const container of containersOf(pods)) yield* restrictedContainer(container, spec.get('securityContext'))
}

/** What a container does not say, its pod may. */
function* restrictedContainer(container: Cursor, pod: Cursor): Iterable<Problem> {
  const own = container.get('securityContext')
  const effective = (...keys: string[]): unknown => own.get(...keys).value ?? pod.get(...keys).value
  if (effective('runAsNonRoot') !== true) yield own.get('runAsNonRoot').problem('must be true, here or for the pod')
  if (effective('runAsUser') === 0) yield own.get('runAsUser').problem('must not be 0: that is root')
  const profile = effective('seccompProfile', 'type')
  if (profile !== 'RuntimeDefault' && profile !== 'Localhost')
    yield own.get('seccompProfile', 'type').problem('must be RuntimeDefault or Localhost, here or for the pod')
  if (own.get('allowPrivilegeEscalation').value !== false) yield own.get('allowPrivilegeEscalation').problem('must be false')
  if (own.get('privileged').value === true) yield own.get('privileged').problem('must not be true')
  if (!own.get('capabilities', 'drop').items.some(({ value }) => value === 'ALL')) yield own.get('capabilities', 'drop').problem('must drop ALL')
  for (const added of own.get('capabilities', 'add').items)
    if (added.value !== 'NET_BIND_SERVICE') yield added.problem('is not allowed; allowed: NET_BIND_SERVICE')
  for (const port of container.get('ports').items) if (port.get('hostPort').number) yield port.get('hostPort').problem('is not allowed')
}
