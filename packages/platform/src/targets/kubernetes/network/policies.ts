import { ours, type Cluster } from '../cluster.ts'
import { NAMESPACES } from '../namespaces.ts'
import type { KubernetesObject } from '../object.ts'
import { shortHash } from '../pods/config-files.ts'
import type { Allowed, AllowedPort, Peer, PodsPeer } from './allowed.ts'
import { DNS } from './peers.ts'

/** Nothing may be said to anyone, in both directions, but what is allowed: one policy for each group of pods. */
export function networkPolicies(allowed: readonly Allowed[], cluster: Cluster): KubernetesObject[] {
  const subjects = new Map<string, Subject>()
  for (const each of allowed) {
    if (isOurs(each.from)) subjectOf(each.from, subjects).egress.push(each)
    if (isOurs(each.to)) subjectOf(each.to, subjects).ingress.push(each)
  }
  return [...Object.keys(NAMESPACES).flatMap((namespace) => basics(namespace, cluster)), ...[...subjects.values()].map((subject) => policy(subject, cluster))]
}

interface Subject {
  readonly pods: PodsPeer
  readonly ingress: Allowed[]
  readonly egress: Allowed[]
}

function isOurs(peer: Peer): peer is PodsPeer {
  return peer.kind === 'pods' && peer.namespace in NAMESPACES
}

function subjectOf(pods: PodsPeer, subjects: Map<string, Subject>): Subject {
  const key = JSON.stringify([pods.namespace, pods.labels ?? {}])
  const known = subjects.get(key)
  if (known) return known
  const subject: Subject = { pods, ingress: [], egress: [] }
  subjects.set(key, subject)
  return subject
}

/** Deny all, then names: without them nobody finds anybody. */
function basics(namespace: string, cluster: Cluster): KubernetesObject[] {
  const object = (name: string, spec: object): KubernetesObject =>
    ours(cluster, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec: { podSelector: {}, ...spec } })
  const ports = [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ]
  return [
    object('default-deny', { policyTypes: ['Ingress', 'Egress'] }),
    object('dns', { policyTypes: ['Egress'], egress: [{ to: [peerOf(DNS, '')], ports }] }),
  ]
}

function policy({ pods, ingress, egress }: Subject, cluster: Cluster): KubernetesObject {
  return ours(cluster, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: nameOf(pods), namespace: pods.namespace },
    spec: {
      podSelector: pods.labels ? { matchLabels: pods.labels } : {},
      policyTypes: ['Ingress', 'Egress'],
      ...(ingress.length > 0 && { ingress: rules(ingress, ({ from }) => from, pods.namespace).map(({ peers, ports }) => ({ from: peers, ...ports })) }),
      ...(egress.length > 0 && { egress: rules(egress, ({ to }) => to, pods.namespace).map(({ peers, ports }) => ({ to: peers, ...ports })) }),
    },
  })
}

/** The name that people know the pods by; with other labels than one name, those make it unique. */
function nameOf({ labels }: PodsPeer): string {
  if (!labels) return 'all-pods'
  // A label that only says yes is known by its key.
  const values = Object.entries(labels).map(([key, value]) => (value === 'true' ? key.slice(key.indexOf('/') + 1) : value))
  const [only] = values
  if (values.length === 1 && only !== undefined) return only
  return `${values
    .join('-')
    .slice(0, 50)
    .replaceAll(/[^a-z0-9-]/g, '-')}-${shortHash(labels).slice(0, 5)}`
}

interface Rule {
  readonly peers: readonly object[]
  readonly ports: { readonly ports?: readonly object[] }
}

/** Peers that may use the same ports share a rule. */
function rules(allowed: readonly Allowed[], peer: (each: Allowed) => Peer, namespace: string): Rule[] {
  const byPorts = new Map<string, { peers: Map<string, object>; ports: readonly AllowedPort[] | undefined }>()
  for (const each of allowed) {
    const key = JSON.stringify(each.ports ?? 'all')
    const rule = byPorts.get(key) ?? { peers: new Map<string, object>(), ports: each.ports }
    for (const rendered of peersOf(peer(each), namespace)) rule.peers.set(JSON.stringify(rendered), rendered)
    byPorts.set(key, rule)
  }
  return [...byPorts.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { peers, ports }]) => ({
      peers: [...peers.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rendered]) => rendered),
      ports: ports ? { ports: ports.map(({ number, protocol = 'TCP' }) => ({ port: number, protocol })) } : {},
    }))
}

function peersOf(peer: Peer, namespace: string): object[] {
  if (peer.kind === 'pods') return [peerOf(peer, namespace)]
  // A range may only leave out what lies in it.
  return peer.ranges.map((cidr) => ({
    ipBlock: { cidr, ...(peer.except && cidr === '0.0.0.0/0' && { except: peer.except.filter((range) => !range.includes(':')) }) },
  }))
}

function peerOf({ namespace, labels }: PodsPeer, own: string): object {
  return {
    ...(namespace !== own && { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }),
    ...((labels || namespace === own) && { podSelector: labels ? { matchLabels: labels } : {} }),
  }
}
