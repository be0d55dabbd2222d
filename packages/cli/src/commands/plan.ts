import { join } from 'node:path'
import { changesSinceStart, readStatus, stateFolder, type StateFolder } from '@sundial/local'
import { SundialError } from '@sundial/platform'
import { databaseSql } from '@sundial/platform/database-sql'
import { planDocument } from '@sundial/platform/plan-document'
import type { Party, Plan, ProgramReference } from '@sundial/platform/model'
import colors from 'picocolors'
import type { CommandCall } from '../commands.ts'
import { findProject } from '../config.ts'
import { loadPlan } from '../load-plan.ts'
import { print, printJson, shownPath, table } from '../output.ts'
import { describeChanges } from '../views/changes.ts'
import { describeExternal } from '../views/external.ts'

export async function run({ options }: CommandCall): Promise<void> {
  const project = findProject()
  const plan = await loadPlan(project, options)
  const state = stateFolder(project.folder, plan.platform.environment)
  if (options['json']) printJson(planDocument(plan))
  else if (options['sql']) process.stdout.write(sqlOf(plan, state))
  else print([describe(plan), ...(await describeExternal(plan, state)), ...(await changed(plan, state))].join('\n\n'))
}

async function changed(plan: Plan, state: StateFolder): Promise<string[]> {
  const changes = (await readStatus(state)) ? await changesSinceStart(state, plan) : []
  return changes.length === 0 ? [] : [describeChanges(changes, state.environment)]
}

function sqlOf(plan: Plan, { secrets }: StateFolder): string {
  const sql = databaseSql(plan, (name, key) => shownPath(join(secrets, name, key)))
  if (sql !== undefined) return sql
  throw new SundialError('SUN_USAGE', `--sql is for an external PostgreSQL, and ${plan.platform.environment} runs its own, which makes its databases itself`, {
    hint: 'Leave --sql out, or write postgresql.external.',
  })
}

function describe(plan: Plan): string {
  const parties = plan.parties.filter((party) => party.kind !== 'actor')
  return [
    `${colors.bold(plan.platform.name)} · ${plan.platform.environment}`,
    '',
    table(parties, [
      { title: 'NAME', value: (party) => party.name },
      { title: 'RUNS', value: runs },
      { title: 'AREA', value: (party) => party.area },
      { title: 'PROGRAM', value: programOf },
      { title: 'PORTS', value: ports },
      { title: 'NEEDS', value: needs, color: colors.dim },
    ]),
    '',
    `${plan.connections.length} connections (sundial graph), ${plan.databases.length} databases, ${plan.clients.length} identities, ${plan.secrets.length} secrets`,
  ].join('\n')
}

function runs(party: Party): string {
  if (party.kind !== 'workload') return party.kind === 'managed' ? 'managed' : 'external'
  return party.scale.replicas > 1 ? `${party.runs} × ${party.scale.replicas}` : party.runs
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
  return party.kind === 'workload' ? party.needs.map((need) => (need.until === 'started' ? `${need.party} (started)` : need.party)).join(', ') : ''
}
