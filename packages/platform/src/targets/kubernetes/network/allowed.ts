/** Who may open connections to whom: what network policies are made of. */
export interface Allowed {
  readonly from: Peer
  readonly to: Peer
  /** Absent: every port, for peers whose ports nobody can know. */
  readonly ports?: readonly AllowedPort[]
  /** One short sentence, for people who read the policy. */
  readonly why: string
}

export interface AllowedPort {
  readonly number: number
  /** @default TCP */
  readonly protocol?: 'UDP'
}

export type Peer = PodsPeer | AddressesPeer

export interface PodsPeer {
  readonly kind: 'pods'
  readonly namespace: string
  /** Absent: all pods of the namespace. */
  readonly labels?: Readonly<Record<string, string>>
}

export interface AddressesPeer {
  readonly kind: 'addresses'
  readonly ranges: readonly string[]
  readonly except?: readonly string[]
}

export function pods(namespace: string, labels?: Readonly<Record<string, string>>): PodsPeer {
  return labels ? { kind: 'pods', namespace, labels } : { kind: 'pods', namespace }
}

export function addresses(ranges: readonly string[], except: readonly string[] = []): AddressesPeer {
  return except.length > 0 ? { kind: 'addresses', ranges, except } : { kind: 'addresses', ranges }
}
