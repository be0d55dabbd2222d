import type { Cursor } from '../cursor.ts'
import { nameOf, namespaceOf } from '../object-names.ts'
import { portsOf, type Pods } from '../pods.ts'
import { selectorOf } from '../selectors.ts'
import type { Tree } from '../tree.ts'

export type Direction = 'Ingress' | 'Egress'
/** Pods as policies see them. */
export type PolicyPods = Pick<Pods, 'namespace' | 'labels' | 'spec'>

const FIELDS = { Ingress: { rules: 'ingress', peers: 'from' }, Egress: { rules: 'egress', peers: 'to' } } as const

/** The policies that hold for pods in a direction. Where there are none, everything is allowed. */
export function policiesOf(tree: Tree, pods: PolicyPods, direction: Direction): Cursor[] {
  return tree
    .of('networking.k8s.io', 'NetworkPolicy')
    .filter((at) => namespaceOf(at) === pods.namespace && typesOf(at).includes(direction) && selectorOf(at.get('spec', 'podSelector'))(pods.labels))
}

/** What a policy is about, if it does not say: what comes in always, what goes out where it has rules for that. */
function typesOf(policy: Cursor): unknown[] {
  const types = policy.get('spec', 'policyTypes')
  if (types.exists) return types.items.map(({ value }) => value)
  return policy.get('spec', 'egress').exists ? ['Ingress', 'Egress'] : ['Ingress']
}

export interface Connection {
  readonly from: PolicyPods
  readonly to: PolicyPods
  readonly port: number
}

/** Whether policies let a connection through, as Kubernetes defines it: out of its pods, and into those that it goes to. */
export function isAllowed(tree: Tree, connection: Connection, direction: Direction): boolean {
  const [subject, peer] = direction === 'Egress' ? [connection.from, connection.to] : [connection.to, connection.from]
  const policies = policiesOf(tree, subject, direction)
  if (policies.length === 0) return true
  const { rules, peers } = FIELDS[direction]
  return policies.some((policy) =>
    policy.get('spec', rules).items.some((rule) => allowsPort(rule, connection) && allowsPeer(tree, { peers: rule.get(peers), peer, own: subject.namespace })),
  )
}

function allowsPort(rule: Cursor, { to, port }: Connection): boolean {
  const ports = rule.get('ports')
  if (!ports.exists) return true
  return ports.items.some((each) => {
    const { value } = each.get('port')
    if ((each.get('protocol').text ?? 'TCP') !== 'TCP') return false
    if (value === undefined) return true
    if (typeof value === 'string') return portsOf(to).some((named) => named.get('name').text === value && named.get('containerPort').value === port)
    const last = each.get('endPort').number
    return last === undefined ? value === port : typeof value === 'number' && value <= port && port <= last
  })
}

interface PeerQuestion {
  readonly peers: Cursor
  readonly peer: PolicyPods
  readonly own: string
}

function allowsPeer(tree: Tree, { peers, peer, own }: PeerQuestion): boolean {
  if (!peers.exists || peers.items.length === 0) return true
  return peers.items.some((each) => {
    const range = each.get('ipBlock')
    if (range.exists) return isEverywhere(range)
    const namespaces = each.get('namespaceSelector')
    const inNamespace = namespaces.exists ? selectorOf(namespaces)(namespaceLabels(tree, peer.namespace)) : peer.namespace === own
    return inNamespace && selectorOf(each.get('podSelector'))(peer.labels)
  })
}

/** Addresses of pods are nobody's to know: only a range of all of them has them for sure. */
function isEverywhere(range: Cursor): boolean {
  return (range.get('cidr').text ?? '').endsWith('/0') && range.get('except').items.length === 0
}

/** Kubernetes gives every namespace a label with its name. */
export function namespaceLabels(tree: Tree, name: string): Readonly<Record<string, string>> {
  const namespace = tree.of('', 'Namespace').find((at) => nameOf(at) === name)
  return { ...namespace?.get('metadata', 'labels').labels, 'kubernetes.io/metadata.name': name }
}
