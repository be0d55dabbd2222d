import { applications } from './components/applications/model.ts'
import type { Component } from './components/component.ts'
import { identity } from './components/identity/model.ts'
import { postgresql } from './components/postgresql/model.ts'
import { temporal } from './components/temporal/model.ts'
import { webUi } from './components/web-ui/model.ts'
import { checkPlan } from './model/check.ts'
import { DiagnosticsError } from './model/diagnostics.ts'
import { connectionsOf } from './model/parties.ts'
import type { Platform } from './model/platform.ts'
import type { Plan } from './model/plan.ts'

/** Every system that Sundial knows. Adding one is a folder, a line here, and its settings in the model. */
const COMPONENTS: readonly Component[] = [postgresql, identity, temporal, webUi, applications]

/** The platform resolved: who runs, who calls whom, what is needed. Throws a {@link DiagnosticsError} if the parts do not fit. */
export function makePlan(platform: Platform): Plan {
  const contributions = COMPONENTS.map((component) => component.contribute(platform))
  const parties = contributions.flatMap((contribution) => contribution.parties)
  const clients = contributions.flatMap((contribution) => contribution.clients ?? [])
  const clientSecrets = clients.map((client) => ({ name: client.secret, keys: { 'client-secret': 'password' as const } }))
  const plan: Plan = {
    platform,
    parties: sortByName(parties),
    connections: connectionsOf(sortByName(parties)),
    secrets: sortByName([...contributions.flatMap((contribution) => contribution.secrets ?? []), ...clientSecrets]),
    databases: sortByName(contributions.flatMap((contribution) => contribution.databases ?? [])),
    clients: [...clients].sort((a, b) => a.id.localeCompare(b.id, 'en')),
    fixedSettings: Object.assign({}, ...contributions.map((contribution) => contribution.fixedSettings)),
  }
  const problems = [...checkPlan(plan), ...contributions.flatMap((contribution) => contribution.check?.(plan) ?? [])]
  if (problems.length > 0) throw new DiagnosticsError('SUN_PLAN_INVALID', `The plan for ${platform.environment}`, problems)
  return plan
}

function sortByName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => a.name.localeCompare(b.name, 'en'))
}
