import type { Party, Plan, ProgramReference } from '@sundial/platform/model'
import { table } from '../output.ts'
import { screen, type Terminal } from '../terminal.ts'
import { wrap } from '../text.ts'

/** What a platform is made of. */
export function planView(plan: Plan, terminal: Terminal = screen()): string {
  const { colors, width } = terminal
  const parties = plan.parties.filter((party) => party.kind !== 'actor')
  const { connections, databases, clients, secrets } = plan
  return [
    `${colors.bold(plan.platform.name)} ${colors.dim(`· ${plan.platform.environment}`)}`,
    '',
    table(
      parties,
      [
        { title: 'NAME', value: ({ name }) => name },
        { title: 'RUNS', value: runs },
        { title: 'AREA', value: ({ area }) => area },
        { title: 'PROGRAM', value: programOf },
        { title: 'PORTS', value: ports },
        { title: 'NEEDS', value: needs, color: colors.dim },
      ],
      terminal,
    ),
    '',
    wrap(`${connections.length} connections (./sundial graph), ${databases.length} databases, ${clients.length} identities, ${secrets.length} secrets`, {
      width,
    }),
  ].join('\n')
}

function runs(party: Party): string {
  if (party.kind !== 'workload') return party.kind === 'managed' ? 'managed' : 'external'
  return party.scale.replicas > 1 ? `${party.runs} ×${party.scale.replicas}` : party.runs
}

function programOf(party: Party): string {
  if (party.kind !== 'workload') return ''
  const program: ProgramReference = party.program
  return program.kind === 'node' ? program.module : `${program.command} ${program.version}`
}

function ports(party: Party): string {
  if (party.kind === 'actor') return ''
  if (party.kind === 'external')
    return Object.entries(party.ports)
      .map(([name, { host, number }]) => `${name} ${host}:${number}`)
      .join(', ')
  return Object.entries(party.ports)
    .map(([name, port]) => `${name} ${port.number}`)
    .join(', ')
}

function needs(party: Party): string {
  return party.kind === 'workload' ? party.needs.map((need) => (need.until.endsWith('started') ? `${need.party} (started)` : need.party)).join(', ') : ''
}
