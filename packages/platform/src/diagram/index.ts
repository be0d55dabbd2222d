import type { Plan } from '../model/plan.ts'
import { contentOf, type DiagramContent, type DiagramOptions } from './content.ts'
import { layOut } from './layout.ts'
import { drawSvg } from './svg.ts'

export type { DiagramOptions } from './content.ts'

/** The plan as an SVG picture: what runs where, who talks to whom, and how that is protected. The same plan gives the same bytes. */
export async function renderDiagram(plan: Plan, options: DiagramOptions = {}): Promise<string> {
  const content = contentOf(plan, options)
  return drawSvg(await layOut(content), {
    title: `${plan.platform.name} · ${plan.platform.environment}`,
    subtitle: `${counts(plan)}. Drawn from the plan.`,
    description: inWords(content),
  })
}

function counts(plan: Plan): string {
  const workloads = plan.parties.filter((party) => party.kind !== 'actor' && party.kind !== 'external')
  const services = workloads.filter((party) => party.kind === 'managed' || party.runs === 'service').length
  const jobs = workloads.filter((party) => party.kind === 'workload' && party.runs === 'job').length
  return [plural(services, 'service'), plural(jobs, 'job'), plural(plan.connections.length, 'connection')].join(', ')
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

/** Every arrow as a sentence, for those who do not see the picture. */
function inWords({ areas, arrows }: DiagramContent): string {
  const boxes = areas.flatMap((frame) => [...frame.boxes, ...frame.rings.flatMap(({ members }) => members)])
  const entryOf = (to: string, port: string) => boxes.find(({ name }) => name === to)?.entries.find((entry) => entry.port === port)?.text ?? port
  const rings = areas.flatMap((frame) => frame.rings.map(({ name, note, members }) => `The ${name} is ${members.map((box) => box.name).join(', ')}; ${note}.`))
  return [...rings, ...arrows.map(({ from, to, port }) => `${from} calls ${to} (${entryOf(to, port)}).`)].join(' ')
}
