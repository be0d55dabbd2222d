import type { Area, Call, CertificateNeed, Port, Workload } from './workload.ts'

/** Everyone who can open or accept a connection. */
export type Party = Workload | ManagedService | ExternalService | Actor

/** A service whose processes are made by an operator in Kubernetes and by an adapter elsewhere. */
export interface ManagedService {
  readonly kind: 'managed'
  readonly name: string
  readonly component: string
  readonly area: Area
  readonly description: string
  readonly ports: Readonly<Record<string, Port>>
  readonly certificates: readonly CertificateNeed[]
}

/** A service that somebody else runs. */
export interface ExternalService {
  readonly kind: 'external'
  readonly name: string
  readonly component: string
  readonly area: 'outside'
  readonly description: string
  readonly ports: Readonly<Record<string, ExternalPort>>
  /** The job that finds out whether it can be used, and says what to do if not: who needs the service waits for it. */
  readonly checkedBy?: string
}

export interface ExternalPort extends Port {
  readonly host: string
  /** What those who run it call it, character by character. @default made of host and number */
  readonly url?: string
}

/** Someone who only calls: people, programs outside. */
export interface Actor {
  readonly kind: 'actor'
  readonly name: string
  readonly area: 'outside'
  readonly description: string
  readonly calls: readonly Call[]
}

/** "This party calls that port, with this protection." */
export interface Connection {
  readonly from: string
  readonly to: string
  readonly port: string
  readonly protocol: Port['protocol']
  readonly tls: 'mutual' | 'server' | 'none'
  readonly domain?: string
  readonly authentication: NonNullable<Port['authentication']> | 'none'
}

/** The connections that the parties' calls make, sorted. Calls to unknown ports are left out: the plan's checks report them. */
export function connectionsOf(parties: readonly Party[]): Connection[] {
  const byName = new Map(parties.map((party) => [party.name, party]))
  return parties.flatMap((from) =>
    callsOf(from).flatMap((call): Connection[] => {
      const port = portOf(byName.get(call.party), call.port)
      if (!port) return []
      return [
        {
          from: from.name,
          to: call.party,
          port: call.port,
          protocol: port.protocol,
          tls: port.tls ? (port.tls.mutual ? 'mutual' : 'server') : 'none',
          ...(port.tls && { domain: port.tls.domain }),
          authentication: port.authentication ?? 'none',
        },
      ]
    }),
  )
}

export function callsOf(party: Party): readonly Call[] {
  return party.kind === 'workload' || party.kind === 'actor' ? party.calls : []
}

export function portOf(party: Party | undefined, port: string): Port | undefined {
  return party && party.kind !== 'actor' ? party.ports[port] : undefined
}
