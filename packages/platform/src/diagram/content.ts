import type { Connection, Party } from '../model/parties.ts'
import type { Plan } from '../model/plan.ts'
import { AREAS, type Area, type Port } from '../model/workload.ts'
import { findRing, type Ring } from './ring.ts'

/** What a box is, in words and by its shape. */
export type BoxKind = 'service' | 'job' | 'task' | 'store' | 'external' | 'external-store' | 'caller'

export type Protection = Connection['tls']

/** A port that somebody in the diagram calls. Its protection is the same for all callers, so it is said here and not on every arrow. */
export interface Entry {
  readonly port: string
  readonly text: string
}

export interface Box {
  readonly name: string
  /** Names of others that are of the same kind and call the same: they share the box. */
  readonly also: readonly string[]
  readonly kind: BoxKind
  /** Below the names. */
  readonly note: string
  readonly description: string
  readonly copies: number
  readonly entries: readonly Entry[]
}

/** Boxes in one frame without arrows between them: each talks to each. */
export interface RingBox extends Pick<Ring, 'name' | 'note'> {
  readonly members: readonly Box[]
}

/** A frame with a title; what is outside of the platform has none. */
export interface AreaFrame {
  readonly area: Area
  readonly rings: readonly RingBox[]
  readonly boxes: readonly Box[]
}

export interface Arrow {
  /** Name of a box or of a ring. */
  readonly from: string
  readonly to: string
  readonly port: string
  readonly protection: Protection
}

export interface DiagramContent {
  readonly areas: readonly AreaFrame[]
  readonly arrows: readonly Arrow[]
}

export interface DiagramOptions {
  /** Every connection by itself, and tasks, which run only when somebody asks for them. @default false */
  readonly all?: boolean
}

/** What a diagram of the plan shows. */
export function contentOf(plan: Plan, { all = false }: DiagramOptions = {}): DiagramContent {
  const parties = plan.parties.filter((party) => all || !(party.kind === 'workload' && party.runs === 'task'))
  const names = new Set(parties.map(({ name }) => name))
  const connections = plan.connections.filter(({ from, to }) => names.has(from) && names.has(to))
  const ring = all ? undefined : findRing(connections, parties)
  const drawn = mergePorts(ring ? connections.filter((connection) => !ring.inside(connection)) : connections, parties)
  const twins = all ? new Map<string, string[]>() : findTwins(parties, drawn)
  const box = (party: Party): Box => ({ ...boxOf(party, drawn), also: twins.get(party.name) ?? [] })
  const hidden = new Set([...twins.values()].flat())
  const areas = AREAS.map((area): AreaFrame => {
    const inside = parties.filter((party) => party.area === area)
    const members = inside.filter(({ name }) => ring?.members.includes(name))
    const others = inside.filter((party) => !members.includes(party) && !hidden.has(party.name))
    return { area, boxes: others.map(box), rings: ring && members.length > 0 ? [{ name: ring.name, note: ring.note, members: members.map(box) }] : [] }
  })
  return { areas: areas.filter(({ boxes, rings }) => boxes.length + rings.length > 0), arrows: arrowsOf(drawn, ring).filter(({ from }) => !hidden.has(from)) }
}

function boxOf(party: Party, connections: readonly Connection[]): Box {
  const kind = kindOf(party)
  return {
    name: party.name,
    also: [],
    kind,
    note: noteOf(party, kind),
    description: party.description,
    copies: party.kind === 'workload' ? party.scale.replicas : 1,
    entries: entriesOf(party, connections),
  }
}

/** The ports that are called. Two of an external service that are reached in the same way, such as two paths of one host, are one. */
function entriesOf(party: Party, connections: readonly Connection[]): Entry[] {
  if (party.kind === 'actor') return []
  const entries = Object.entries(party.ports).flatMap(([name, port]): Entry[] => {
    const call = connections.find((connection) => connection.to === party.name && connection.port === name)
    return call ? [{ port: name, text: entryText(name, port, call) }] : []
  })
  return entries.filter((entry, index) => entries.findIndex(({ text }) => text === entry.text) === index)
}

/** Calls to a port that {@link entriesOf} merges go to the one that is shown. */
function mergePorts(connections: readonly Connection[], parties: readonly Party[]): Connection[] {
  return connections.map((connection) => {
    const party = parties.find(({ name }) => name === connection.to)
    if (!party || party.kind === 'actor') return connection
    const textOf = (name: string): string => {
      const port = party.ports[name]
      const call = connections.find((other) => other.to === party.name && other.port === name)
      return port && call ? entryText(name, port, call) : ''
    }
    const text = textOf(connection.port)
    const shown = Object.keys(party.ports).find((name) => textOf(name) === text)
    return { ...connection, port: shown ?? connection.port }
  })
}

function kindOf(party: Party): BoxKind {
  if (party.kind === 'actor') return 'caller'
  if (party.kind === 'workload') return party.runs
  const store = STORES.has(party.component)
  if (party.kind === 'external') return store ? 'external-store' : 'external'
  return store ? 'store' : 'service'
}

/** The systems whose purpose is to keep data. */
const STORES: ReadonlySet<string> = new Set(['postgresql', 'elasticsearch'])

const KIND_WORDS: Readonly<Record<BoxKind, string>> = {
  service: 'service',
  job: 'job',
  task: 'task',
  store: 'data store',
  external: 'external service',
  'external-store': 'external data store',
  caller: 'caller',
}

function noteOf(party: Party, kind: BoxKind): string {
  if (party.kind !== 'external') return KIND_WORDS[kind]
  const hosts = [...new Set(Object.values(party.ports).map(({ host }) => host))]
  return [KIND_WORDS[kind], ...hosts].join(' · ')
}

const PROTOCOL_WORDS: Readonly<Record<Port['protocol'], string>> = { grpc: 'gRPC', http: 'HTTP', postgresql: 'SQL', tcp: '' }
const PROTECTION_WORDS: Readonly<Record<Exclude<Protection, 'none'>, string>> = { mutual: 'mTLS', server: 'TLS' }

/** Such as `gRPC 7233 · mTLS + token`. */
function entryText(name: string, port: Port, { tls, authentication }: Connection): string {
  const who = authentication === 'none' ? '' : authentication
  const protection =
    tls === 'none' ? [who, 'no TLS'].filter((word) => word !== '').join(', ') : [PROTECTION_WORDS[tls], who].filter((word) => word !== '').join(' + ')
  return `${PROTOCOL_WORDS[port.protocol] || name} ${port.number} · ${protection}`
}

/** What all members of a ring call, the ring calls. */
function arrowsOf(connections: readonly Connection[], ring: Ring | undefined): Arrow[] {
  const arrows = connections.map(({ from, to, port, tls }): Arrow => {
    const same = connections.filter((other) => other.to === to && other.port === port).map((other) => other.from)
    const together = ring?.members.includes(from) && ring.members.every((member) => same.includes(member))
    return { from: together && ring ? ring.name : from, to, port, protection: tls }
  })
  return [...new Map(arrows.map((arrow) => [`${arrow.from} ${arrow.to} ${arrow.port}`, arrow])).values()]
}

/** Jobs of one area that call the same and are called by nobody, by the name of the first. */
function findTwins(parties: readonly Party[], connections: readonly Connection[]): Map<string, string[]> {
  const first = new Map<string, string>()
  const twins = new Map<string, string[]>()
  for (const party of parties) {
    if (kindOf(party) !== 'job' || connections.some(({ to }) => to === party.name)) continue
    const calls = connections.filter(({ from }) => from === party.name).map(({ to, port }) => `${to} ${port}`)
    const key = [party.area, ...calls.sort()].join('\n')
    const known = first.get(key)
    if (known === undefined) first.set(key, party.name)
    else twins.set(known, [...(twins.get(known) ?? []), party.name])
  }
  return twins
}
