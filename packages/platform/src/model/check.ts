import type { Diagnostic } from './diagnostics.ts'
import { orderByNeeds } from './order.ts'
import { callsOf, portOf, type Party } from './parties.ts'
import { workloadsOf, type Plan } from './plan.ts'
import { referencesOf } from './references.ts'
import type { Workload } from './workload.ts'

/** What does not fit together in a plan: every problem, by the party that has it. */
export function checkPlan(plan: Plan): Diagnostic[] {
  const parties = new Map(plan.parties.map((party) => [party.name, party]))
  return [
    ...duplicates(plan),
    ...plan.parties.flatMap((party) => [...checkCalls(party, parties)]),
    ...workloadsOf(plan).flatMap((workload) => [...checkNeeds(workload, parties), ...checkReferences(workload, plan), ...checkPorts(workload)]),
    ...checkOrder(plan),
    ...checkConnectionBudget(plan),
  ]
}

function duplicates(plan: Plan): Diagnostic[] {
  const names = plan.parties.map((party) => party.name)
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  return [...twice].map((path) => ({ path, message: 'two parts of the platform have this name', hint: 'rename the application or its service' }))
}

function* checkCalls(party: Party, parties: ReadonlyMap<string, Party>): Generator<Diagnostic> {
  for (const call of callsOf(party)) {
    const port = portOf(parties.get(call.party), call.port)
    if (!port) yield { path: `${party.name}.calls`, message: `calls "${call.party}" at port "${call.port}", which nobody offers` }
    else if (port.tls?.mutual && party.kind === 'workload' && !hasClientCertificate(party, port.tls.domain)) {
      yield {
        path: `${party.name}.calls`,
        message: `calls "${call.party}" at port "${call.port}" without a client certificate of the domain "${port.tls.domain}"`,
      }
    }
  }
}

function hasClientCertificate(workload: Workload, domain: string): boolean {
  return workload.certificates.some((certificate) => certificate.domain === domain && certificate.usages.includes('client'))
}

function* checkNeeds(workload: Workload, parties: ReadonlyMap<string, Party>): Generator<Diagnostic> {
  for (const need of workload.needs) {
    const other = parties.get(need.party)
    if (!other) yield { path: `${workload.name}.needs`, message: `needs "${need.party}", which is not part of the platform` }
    else if (need.until === 'completed' && !(other.kind === 'workload' && other.runs === 'job')) {
      yield { path: `${workload.name}.needs`, message: `waits until "${need.party}" is completed, which is not a job` }
    }
  }
}

/** A value may refer to a peer's address only if the peer is called: what is dialled is what the policies allow. Its port number alone is no call. */
function* checkReferences(workload: Workload, plan: Plan): Generator<Diagnostic> {
  const secrets = new Map(plan.secrets.map((secret) => [secret.name, secret.keys]))
  for (const { path, reference } of referencesOf(workload)) {
    const at = `${workload.name}.${path}`
    if (reference.ref === 'endpoint' && reference.as !== 'port' && !reference.announced) {
      const called = workload.calls.some((call) => call.party === reference.party && call.port === reference.port)
      if (!called) yield { path: at, message: `refers to "${reference.party}" port "${reference.port}", which is not among its calls` }
    }
    const wanted = reference.ref === 'secret' ? reference : reference.ref === 'path' && reference.of.kind === 'secret' ? reference.of : undefined
    if (wanted && !secrets.get(wanted.name)?.[wanted.key])
      yield { path: at, message: `refers to the secret "${wanted.name}" key "${wanted.key}", which nothing makes` }
    if (reference.ref === 'path' && reference.of.kind === 'certificate') {
      const { domain } = reference.of
      if (!workload.certificates.some((own) => own.domain === domain))
        yield { path: at, message: `refers to a certificate of "${domain}" that the workload does not have` }
    }
    if (reference.ref === 'path' && reference.of.kind === 'volume' && !workload.volumes.includes(reference.of.name)) {
      yield { path: at, message: `refers to the volume "${reference.of.name}" that the workload does not have` }
    }
  }
}

function* checkPorts(workload: Workload): Generator<Diagnostic> {
  if (workload.ready && !(workload.ready.port in workload.ports))
    yield { path: `${workload.name}.ready`, message: `asks port "${workload.ready.port}", which the workload does not have` }
  if (workload.runs === 'service' && !workload.ready) yield { path: `${workload.name}.ready`, message: 'a service must say when it is ready' }
}

function checkOrder(plan: Plan): Diagnostic[] {
  const result = orderByNeeds(workloadsOf(plan).map(({ name, needs }) => ({ name, needs: needs.map((need) => need.party) })))
  return 'cycle' in result ? [{ path: result.cycle[0] ?? '', message: `needs itself: ${result.cycle.join(' → ')}` }] : []
}

/** Each server process has a pool for each store. The rest of the connections is for applications, jobs and people. */
function checkConnectionBudget(plan: Plan): Diagnostic[] {
  const { postgresql, temporal } = plan.platform
  const { main, visibility } = temporal.connectionPool
  const servers = workloadsOf(plan).filter(({ component, roles }) => component === 'temporal' && roles.length > 0)
  const processes = servers.reduce((sum, { scale }) => sum + scale.replicas, 0)
  const pools = processes * (main + visibility)
  const needed = pools + KEPT_FOR_OTHERS
  if (needed <= postgresql.maxConnections) return []
  const message = `is ${postgresql.maxConnections}, but Temporal's pools may open ${pools} (${processes} processes × (${main} + ${visibility})), and ${KEPT_FOR_OTHERS} are kept for others`
  return [{ path: 'postgresql.maxConnections', message, hint: `raise it to at least ${needed}, or make temporal.connectionPool smaller` }]
}

const KEPT_FOR_OTHERS = 20
