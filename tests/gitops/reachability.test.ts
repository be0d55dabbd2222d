import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ENVIRONMENTS, type EnvironmentName } from '@sundial/platform'
import type { Allowed, KubernetesObject, Peer, RenderedCluster } from '@sundial/platform/kubernetes'
import { workloadsOf, type Plan } from '@sundial/platform/model'
import { goProgram } from '../support/go-program.ts'
import { CYCLONUS } from '../support/go-programs.ts'
import { planOf, renderAll } from './repository.ts'
import { reachable, type Endpoint, type Traffic } from './reachability.ts'

const cyclonus = await goProgram(CYCLONUS)
const clusters = renderAll()
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sundial-reachability-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const ourNamespaces = new Set(
  [...clusters.values()].flatMap(({ objects }) => objects.flatMap(({ kind, metadata }) => (kind === 'Namespace' ? [metadata.name] : []))),
)

type Labels = Readonly<Record<string, string>>
interface PodTemplate {
  readonly metadata: { readonly labels: Labels }
  readonly spec: { readonly containers: readonly { readonly ports?: readonly { readonly containerPort: number }[] }[] }
}

interface Pod extends Endpoint {
  readonly pod: NonNullable<Endpoint['pod']>
  readonly ports: readonly number[]
}

/** A pod of every workload, one of every system that policies speak of, and one in each namespace that nobody speaks of. */
function podsOf({ objects, allowed }: RenderedCluster): Pod[] {
  const own = objects.flatMap((object) => {
    const template = (object as KubernetesObject & { readonly spec?: { readonly template?: PodTemplate } }).spec?.template
    if (!['Deployment', 'Job'].includes(object.kind) || !template) return []
    const ports = template.spec.containers.flatMap((container) => (container.ports ?? []).map(({ containerPort }) => containerPort))
    return [{ namespace: object.metadata.namespace ?? '', labels: template.metadata.labels, ports }]
  })
  const named = allowed.flatMap(({ from, to, ports }) => [
    ...(from.kind === 'pods' && from.labels ? [{ namespace: from.namespace, labels: from.labels, ports: [] as number[] }] : []),
    ...(to.kind === 'pods' && to.labels ? [{ namespace: to.namespace, labels: to.labels, ports: (ports ?? []).map(({ number }) => number) }] : []),
  ])
  const strangers = objects
    .filter(({ kind }) => kind === 'Namespace')
    .map(({ metadata: { name } }) => ({ namespace: name, labels: { 'app.kubernetes.io/name': 'stranger' }, ports: [8080] }))
  const found = new Map<string, { namespace: string; labels: Labels; ports: Set<number> }>()
  for (const { namespace, labels, ports } of [...own, ...named, ...strangers]) {
    const known = [...found.values()].find((other) => other.namespace === namespace && includes(other.labels, labels))
    if (known) for (const port of ports) known.ports.add(port)
    else found.set(`${namespace} ${JSON.stringify(labels)}`, { namespace, labels, ports: new Set(ports) })
  }
  return [...found.values()].map(({ namespace, labels, ports }, index) => ({
    name: `${namespace}/${labels['app.kubernetes.io/name'] ?? Object.values(labels).join('+')}`,
    ip: `10.1.${Math.floor(index / 250)}.${(index % 250) + 1}`,
    pod: { namespace, labels },
    ports: [...ports],
  }))
}

function includes(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value)
}

/** Outside is an address of a documentation range; a database that is in no plan is one of the cluster's own network. */
const OUTSIDE: readonly Endpoint[] = [
  { name: 'outside', ip: '203.0.113.10' },
  { name: 'another pod', ip: '10.200.0.9' },
]

/** A range of addresses says nothing of pods of ours: what they may say and hear is said of them by their labels. */
function matches(peer: Peer, endpoint: Endpoint): boolean {
  if (peer.kind === 'addresses' && endpoint.pod && ourNamespaces.has(endpoint.pod.namespace)) return false
  if (peer.kind === 'pods') return endpoint.pod?.namespace === peer.namespace && includes(endpoint.pod.labels, peer.labels ?? {})
  // Only ranges that the rendered platforms have: single addresses, all, and all but the private ones.
  if (!peer.ranges.includes('0.0.0.0/0')) return peer.ranges.includes(`${endpoint.ip}/32`)
  return !(peer.except ?? []).includes('10.0.0.0/8') || !endpoint.ip.startsWith('10.')
}

function isDeclared({ from, to, port }: Traffic, { allowed, plan }: { allowed: readonly Allowed[]; plan: Plan }): boolean {
  const names = [from, to].map(({ pod }) => workloadsOf(plan).find(({ name }) => name === pod?.labels['app.kubernetes.io/name']))
  const [caller, called] = names
  // Between the plan's own workloads, the plan's connections are what is meant; nothing of the rendering is asked.
  if (caller && called && caller.runs !== 'task')
    return plan.connections.some(
      (connection) => connection.from === caller.name && connection.to === called.name && called.ports[connection.port]?.number === port,
    )
  return allowed.some(
    (each) =>
      (each.ports?.some(({ number, protocol }) => number === port && protocol === undefined) ?? true) && matches(each.from, from) && matches(each.to, to),
  )
}

/** Connections that the policies treat otherwise than is declared, and how many they allow and deny. */
async function compare(environment: EnvironmentName, { without }: { readonly without?: string } = {}) {
  const cluster = clusters.get(environment)!
  const traffic = trafficOf(cluster)
  const policies = cluster.objects.filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name !== without)
  const answers = await reachable(cyclonus.path ?? '', policies, { traffic, folder: mkdtempSync(join(folder, `${environment}-`)) })
  const plan = planOf(environment)
  const wrong = traffic.flatMap((each, index) => {
    const declared = isDeclared(each, { allowed: cluster.allowed, plan })
    if (answers[index] === declared) return []
    return [`${each.from.name} → ${each.to.name}:${each.port} is ${declared ? 'declared, and denied' : 'allowed, and nowhere declared'}`]
  })
  return { wrong, allowed: answers.filter(Boolean).length, denied: answers.filter((answer) => !answer).length }
}

/** Every pair of pods at every port, and every pod with what is outside. */
function trafficOf(cluster: RenderedCluster): Traffic[] {
  const pods = podsOf(cluster)
  const callers = pods.filter(({ pod }) => ourNamespaces.has(pod.namespace))
  return [
    ...callers.flatMap((from) => pods.filter((to) => to !== from).flatMap((to) => to.ports.map((port) => ({ from, to, port })))),
    ...callers.flatMap((from) => OUTSIDE.flatMap((to) => [443, 5432, 7233].map((port) => ({ from, to, port })))),
    ...callers.flatMap((to) => OUTSIDE.flatMap((from) => to.ports.map((port) => ({ from, to, port })))),
  ]
}

describe('network policies', () => {
  beforeEach((context) => context.skip(cyclonus.missing !== undefined, cyclonus.missing))

  test.each(ENVIRONMENTS)('of %s allow the connections that are declared, and no other', async (environment) => {
    const { wrong, allowed, denied } = await compare(environment)
    expect(wrong).toEqual([])
    expect(allowed).toBeGreaterThan(50)
    expect(denied).toBeGreaterThan(300)
  })

  test('one that is missing is noticed, in both directions', async () => {
    expect((await compare('production', { without: 'temporal-frontend' })).wrong).toContain(
      'temporal-product/orders-worker → temporal-backend/temporal-frontend:7233 is declared, and denied',
    )
    expect((await compare('production', { without: 'default-deny' })).wrong.join('\n')).toContain('is allowed, and nowhere declared')
  })
})
