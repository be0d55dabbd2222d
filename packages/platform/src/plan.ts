import { applications } from './components/applications/model.ts'
import { codecServer } from './components/codec-server/model.ts'
import { collector } from './components/collector/model.ts'
import type { Component } from './components/component.ts'
import { elasticsearch } from './components/elasticsearch/model.ts'
import { identity } from './components/identity/model.ts'
import { postgresql } from './components/postgresql/model.ts'
import { temporal } from './components/temporal/model.ts'
import { webUi } from './components/web-ui/model.ts'
import { checkPlan } from './model/check.ts'
import { DiagnosticsError } from './model/diagnostics.ts'
import { connectionsOf, type Party } from './model/parties.ts'
import type { Platform } from './model/platform.ts'
import type { Plan } from './model/plan.ts'
import { referencesOf } from './model/references.ts'
import type { OidcClient, Secret } from './model/resources.ts'
import type { Reference } from './model/values.ts'

/** Every system that Sundial knows. Adding one is a folder, a line here, and its settings in the model. */
const COMPONENTS: readonly Component[] = [postgresql, elasticsearch, identity, temporal, webUi, codecServer, collector, applications]

/** The platform resolved: who runs, who calls whom, what is needed. Throws a {@link DiagnosticsError} if the parts do not fit. */
export function makePlan(platform: Platform): Plan {
  const contributions = COMPONENTS.map((component) => component.contribute(platform))
  const databases = sortByName(contributions.flatMap((contribution) => contribution.databases ?? []))
  const clients = contributions.flatMap((contribution) => contribution.clients ?? [])
  const parties = contributions.flatMap((contribution) => [...contribution.parties, ...(contribution.partiesFor?.({ databases, clients }) ?? [])])
  const secrets = [...contributions.flatMap((contribution) => contribution.secrets ?? []), ...clientSecrets(platform, clients, parties)]
  const plan: Plan = {
    platform,
    parties: sortByName(parties),
    connections: connectionsOf(sortByName(parties)),
    secrets: sortByName(secrets),
    databases,
    clients: [...clients].sort((a, b) => a.id.localeCompare(b.id, 'en')),
    fixedSettings: Object.assign({}, ...contributions.map((contribution) => contribution.fixedSettings)),
    dataSettings: Object.assign({}, ...contributions.map((contribution) => contribution.dataSettings)),
  }
  const problems = [...checkPlan(plan), ...contributions.flatMap((contribution) => contribution.check?.(plan) ?? [])]
  if (problems.length > 0) throw new DiagnosticsError('SUN_PLAN_INVALID', `The plan for ${platform.environment}`, problems)
  return plan
}

/** The local provider knows every client's secret. Of one that others run, people give those that something here uses. */
function clientSecrets({ identity: { external } }: Platform, clients: readonly OidcClient[], parties: readonly Party[]): Secret[] {
  if (!external) return clients.map(({ secret }) => ({ name: secret, keys: { 'client-secret': 'password' } }))
  const used = new Set(parties.flatMap((party) => (party.kind === 'workload' ? referencesOf(party) : [])).map(({ reference }) => secretOf(reference)))
  return clients
    .filter(({ secret }) => used.has(secret))
    .map(({ secret, id }) => ({
      name: secret,
      keys: { 'client-secret': 'given' },
      about: { 'client-secret': `the secret of the client ${external.clients[id] ?? id} at ${external.issuer}` },
    }))
}

function secretOf(reference: Reference): string | undefined {
  if (reference.ref === 'secret') return reference.name
  return reference.ref === 'path' && reference.of.kind === 'secret' ? reference.of.name : undefined
}

function sortByName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => a.name.localeCompare(b.name, 'en'))
}
