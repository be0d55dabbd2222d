import { joinPath, type Diagnostic } from './diagnostics.ts'
import { orderByNeeds } from './order.ts'
import { callsOf, portOf, type Party } from './parties.ts'
import { workloadsOf, type Plan } from './plan.ts'
import { tlsSecret } from './external.ts'
import { referencesOf } from './references.ts'
import { isTrustDomain, type EndpointReference, type PathReference, type Reference, type TlsDomain } from './values.ts'
import type { Workload } from './workload.ts'

/** What does not fit together in a plan: every problem, by the party that has it. */
export function checkPlan(plan: Plan): Diagnostic[] {
  const parties = new Map(plan.parties.map((party) => [party.name, party]))
  return [
    ...duplicates(plan),
    ...plan.parties.flatMap((party) => [...checkCalls(party, parties)]),
    ...workloadsOf(plan).flatMap((workload) => [
      ...checkNeeds(workload, parties),
      ...checkReferences(workload, plan),
      ...checkPorts(workload),
      ...checkScale(workload),
    ]),
    ...checkOrder(plan),
  ]
}

function duplicates(plan: Plan): Diagnostic[] {
  return [
    ...namedTwice(plan.parties, ({ name }) => name, 'two parts of the platform have this name'),
    ...namedTwice(plan.databases, ({ name }) => name, 'two parts of the platform have a database of this name'),
    ...namedTwice(plan.secrets, ({ name }) => name, 'two parts of the platform have a secret of this name'),
    ...namedTwice(plan.clients, ({ id }) => id, 'two programs have this client id'),
  ]
}

function namedTwice<T>(items: readonly T[], nameOf: (item: T) => string, message: string): Diagnostic[] {
  const names = items.map(nameOf)
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  return [...twice].map((path) => ({ path, message, hint: 'rename the application, its service or its client' }))
}

function* checkCalls(party: Party, parties: ReadonlyMap<string, Party>): Generator<Diagnostic> {
  for (const call of callsOf(party)) {
    const port = portOf(parties.get(call.party), call.port)
    if (!port) yield { path: `${party.name}.calls`, message: `calls "${call.party}" at port "${call.port}", which nobody offers` }
    else if (port.tls?.mutual && party.kind === 'workload' && !hasClientCertificate(party, call.party, port.tls.domain)) {
      yield {
        path: `${party.name}.calls`,
        message: `calls "${call.party}" at port "${call.port}" without a client certificate of the domain "${port.tls.domain}"`,
      }
    }
  }
}

function hasClientCertificate(workload: Workload, to: string, domain: TlsDomain): boolean {
  // Of an external service, it is among the files that its owners give.
  if (!isTrustDomain(domain))
    return referencesOf(workload).some(
      ({ reference }) => reference.ref === 'path' && reference.of.kind === 'secret' && reference.of.name === tlsSecret(to) && reference.of.key === 'tls.crt',
    )
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

function* checkReferences(workload: Workload, plan: Plan): Generator<Diagnostic> {
  for (const { path, reference } of referencesOf(workload)) {
    const message = problemOf(reference, workload, plan)
    if (message !== undefined) yield { path: `${workload.name}.${path}`, message }
  }
}

function problemOf(reference: Reference, workload: Workload, plan: Plan): string | undefined {
  switch (reference.ref) {
    case 'endpoint':
      return endpointProblem(reference, workload, plan)
    case 'public-url':
      return offered(reference, plan) ? undefined : nobodyOffers(reference)
    case 'listen':
      return reference.port === undefined || reference.port in workload.ports
        ? undefined
        : `listens at port "${reference.port}", which the workload does not have`
    case 'secret':
      return secretProblem(reference, plan)
    case 'path':
      return pathProblem(reference.of, workload, plan)
  }
}

/** A value may hold a peer's address only if the peer is called: what is dialled is what the policies allow. Its port number alone is no call. */
function endpointProblem(reference: EndpointReference, workload: Workload, plan: Plan): string | undefined {
  if (!offered(reference, plan)) return nobodyOffers(reference)
  if (reference.as === 'port' || reference.announced) return undefined
  const isCalled = workload.calls.some((call) => call.party === reference.party && call.port === reference.port)
  return isCalled ? undefined : `refers to "${reference.party}" port "${reference.port}", which is not among its calls`
}

interface PortOfParty {
  readonly party: string
  readonly port: string
}

function offered({ party, port }: PortOfParty, { parties }: Plan): boolean {
  return (
    portOf(
      parties.find(({ name }) => name === party),
      port,
    ) !== undefined
  )
}

function nobodyOffers({ party, port }: PortOfParty): string {
  return `refers to "${party}" port "${port}", which nobody offers`
}

function secretProblem({ name, key }: { readonly name: string; readonly key: string }, { secrets }: Plan): string | undefined {
  const made = secrets.find((secret) => secret.name === name)?.keys[key]
  return made ? undefined : `refers to the secret "${name}" key "${key}", which nothing makes`
}

function pathProblem(of: PathReference['of'], workload: Workload, plan: Plan): string | undefined {
  switch (of.kind) {
    case 'secret':
      return secretProblem(of, plan)
    case 'secret-folder':
      return plan.secrets.some(({ name }) => name === of.name) ? undefined : `refers to the secret "${of.name}", which nothing makes`
    case 'certificate':
      return workload.certificates.some(({ domain }) => domain === of.domain)
        ? undefined
        : `refers to a certificate of "${of.domain}" that the workload does not have`
    case 'volume':
      return workload.volumes.includes(of.name) ? undefined : `refers to the volume "${of.name}" that the workload does not have`
    case 'config-file':
      return of.name in workload.files ? undefined : `refers to the file "${of.name}" that the workload does not have`
    case 'trust-bundle':
    case 'config-folder':
      return undefined
  }
}

/** Copies do not share files: each would know only what it did itself. */
function* checkScale({ name, volumes, scale }: Workload): Generator<Diagnostic> {
  if (scale.replicas > 1 && volumes.length > 0)
    yield {
      path: scale.setting ? joinPath(scale.setting) : `${name}.scale`,
      message: `is ${scale.replicas}, but ${name} keeps files, which copies do not share`,
      hint: 'run one copy, or keep its data in a database',
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
