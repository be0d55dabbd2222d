import type { Connection, Party } from '../model/parties.ts'

/** Parties of which each talks to each in one trust domain: Temporal's own processes. Drawn as arrows, nobody could follow them. */
export interface Ring {
  readonly name: string
  readonly note: string
  readonly members: readonly string[]
  inside(connection: Connection): boolean
}

/** Two are drawn well enough by one arrow. */
const SMALLEST = 3

export function findRing(connections: readonly Connection[], parties: readonly Party[]): Ring | undefined {
  const domains = [...new Set(connections.flatMap(({ tls, domain }) => (tls === 'mutual' && domain !== undefined ? [domain] : [])))].sort()
  for (const domain of domains) {
    const inDomain = connections.filter((connection) => connection.domain === domain)
    const members = parties.map(({ name }) => name).filter((name) => inDomain.some(({ from, to }) => from === name || to === name))
    const inside = ({ from, to, domain: of }: Connection): boolean => of === domain && members.includes(from) && members.includes(to)
    const all = members.every((a) => members.every((b) => a === b || inDomain.some(({ from, to }) => (from === a && to === b) || (from === b && to === a))))
    if (members.length >= SMALLEST && all) return { name: `${domain} ring`, note: noteOf(domain, inDomain), members, inside }
  }
  return undefined
}

function noteOf(domain: string, connections: readonly Connection[]): string {
  const said = [...new Set(connections.map(({ protocol, port }) => (protocol === 'grpc' ? 'gRPC' : protocol === 'tcp' ? port : protocol)))].sort()
  return `${domain} mTLS: ${said.join(' and ')} between all`
}
