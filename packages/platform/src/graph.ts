import type { Connection, ExternalService, Party } from './model/parties.ts'
import type { Plan } from './model/plan.ts'
import { AREAS, type Area, type Workload } from './model/workload.ts'

/** The plan as a Mermaid flowchart: one box a party, one arrow for what two parties say to each other. */
export function renderGraph(plan: Plan): string {
  // A task runs now and then for somebody; the diagram shows what is always there.
  const shown = plan.parties.filter((party) => !(party.kind === 'workload' && party.runs === 'task'))
  const names = new Set(shown.map((party) => party.name))
  const connections = plan.connections.filter((connection) => names.has(connection.from) && names.has(connection.to))
  const boxes = AREAS.flatMap((area) => areaLines(area, shown))
  return ['flowchart LR', ...boxes, ...arrows(connections), ''].join('\n')
}

function areaLines(area: Area, parties: readonly Party[]): string[] {
  const inside = parties.filter((party) => party.area === area)
  if (inside.length === 0) return []
  // An identifier of its own: an area and a party may have the same name.
  return [`  subgraph area_${area}[${area}]`, ...inside.map((party) => `    ${box(party)}`), '  end']
}

/** Shapes: a cylinder keeps data, rounded ends are outside, an asymmetric box is a job. */
function box(party: Party): string {
  const id = identifier(party.name)
  if (party.kind === 'actor') return `${id}([${party.name}])`
  if (party.kind === 'workload') return party.runs === 'job' ? `${id}>${party.name}]` : `${id}[${party.name}${copies(party)}]`
  const stores = Object.values(party.ports).some((port) => port.protocol === 'postgresql')
  const text = party.kind === 'external' ? `"${[party.name, ...hosts(party)].join('<br/>')}"` : party.name
  return stores ? `${id}[(${text})]` : `${id}[${text}]`
}

/** Where others run it. */
function hosts({ ports }: ExternalService): string[] {
  return [...new Set(Object.values(ports).map(({ host }) => host))]
}

function copies({ scale }: Workload): string {
  return scale.replicas > 1 ? ` × ${scale.replicas}` : ''
}

function arrows(connections: readonly Connection[]): string[] {
  const labels = new Map<string, Set<string>>()
  for (const connection of connections) {
    const key = `${connection.from} ${connection.to}`
    labels.set(key, (labels.get(key) ?? new Set()).add(label(connection)))
  }
  const drawn = new Set<string>()
  return [...labels].flatMap(([key, texts]) => {
    const [from = '', to = ''] = key.split(' ')
    if (drawn.has(key)) return []
    const text = [...texts].sort().join(', ')
    const back = labels.get(`${to} ${from}`)
    const both = from !== to && back !== undefined && [...back].sort().join(', ') === text
    if (both) drawn.add(`${to} ${from}`)
    return [`  ${identifier(from)} ${both ? '<-->' : '-->'}|${text}| ${identifier(to)}`]
  })
}

function label({ protocol, port, tls, authentication }: Connection): string {
  const what = protocol === 'tcp' ? port : protocol === 'postgresql' ? 'SQL' : protocol
  const protection = { mutual: 'mTLS', server: 'TLS', none: '' }[tls]
  const who = authentication === 'none' ? '' : authentication
  return [what, protection, who].filter((part) => part !== '').join(' + ')
}

function identifier(name: string): string {
  return name.replaceAll('-', '_')
}
