import { describe, expect, test } from 'vitest'
import type { KubernetesInput } from '../model/settings/kubernetes.ts'
import { SYSTEMS } from '../render-kubernetes.ts'
import { resolvePlatform } from '../model/platform.ts'
import { makePlan } from '../plan.ts'
import { assembleSystems } from '../targets/kubernetes/systems/assemble.ts'
import type { RenderedCluster } from '../targets/kubernetes/render.ts'
import type { ChartRelease } from '../targets/kubernetes/system.ts'
import { find, type Open } from '../testing/adapt.ts'
import { upstreamDefinitions } from '../testing/definitions.ts'
import { clusterInput, renderedCluster } from '../testing/cluster.ts'

const CASES: readonly (readonly [string, KubernetesInput])[] = [
  ['all of them', {}],
  [
    'with backups, a search engine for logs and a gateway of Temporal',
    {
      backups: { destination: 's3://backups/shop' },
      entry: { temporal: true, email: 'ops@example.com' },
      systems: { logging: { elasticsearch: 'https://logs.example.com' } },
    },
  ],
  ['with ingresses', { entry: { kind: 'ingress', email: 'ops@example.com' } }],
  ['with a Vault of others', { vault: { url: 'https://vault.example.com' } }],
]

describe.each(CASES)('the systems of a cluster, %s', (_, kubernetes) => {
  const cluster = renderedCluster(kubernetes)

  test('have every secret made by somebody', () => {
    const made = new Set([...producedBy(cluster), ...madeByOthers(kubernetes)])
    expect(usedBy(cluster.releases).filter((secret) => !made.has(secret))).toEqual([])
  })

  test('have every certificate signed by an issuer that is there', () => {
    const issuers = new Set(cluster.objects.filter(({ kind }) => kind === 'ClusterIssuer').map(({ metadata }) => metadata.name))
    const asked = (cluster.objects as Open[]).filter(({ kind }) => kind === 'Certificate').map(({ spec }) => spec.issuerRef.name)
    expect([...new Set(asked)].filter((name) => !issuers.has(name))).toEqual([])
  })

  test('are what the definitions of their projects allow, applications too', (context) => {
    const definitions = upstreamDefinitions(context)
    const { bootstrap, applications } = cluster.applications!
    const objects = [...cluster.objects, ...bootstrap, ...applications]
    expect(objects.filter((object) => definitions.defines(object)).length).toBeGreaterThan(100)
    expect(objects.flatMap((object) => definitions.problemsOf(object))).toEqual([])
  })

  test('are scraped only where Prometheus is let in', () => {
    const monitors = (cluster.objects as Open[]).filter(({ kind, spec }) => kind === 'PodMonitor' && spec.podMetricsEndpoints[0].portNumber !== undefined)
    expect(monitors.length).toBeGreaterThan(10)
    const shut = monitors.filter(({ spec: { namespaceSelector, selector, podMetricsEndpoints } }) => {
      const to = [namespaceSelector.matchNames[0], selector.matchLabels] as const
      return !isAllowed(cluster, { from: ['monitoring', 'prometheus'], to, port: podMetricsEndpoints[0].portNumber })
    })
    expect(shut.map(({ metadata }) => metadata.name)).toEqual([])
  })
})

test('operators may call the API server, and those with webhooks are called by it', () => {
  const { allowed } = renderedCluster()
  const calling = allowed.filter(({ to }) => to.kind === 'addresses' && to.ranges[0] === '192.0.2.1/32').map(({ from }) => from)
  const asked = allowed.filter(({ from }) => from.kind === 'addresses' && from.ranges[0] === '192.0.2.1/32').map(({ to }) => to)
  const names = (peers: readonly object[]) => new Set(peers.map((peer) => Object.values((peer as { labels?: Record<string, string> }).labels ?? {})[0]))
  expect([...names(calling)]).toEqual(
    expect.arrayContaining([
      'cert-manager',
      'trust-manager',
      'external-secrets',
      'vault',
      'cloudnative-pg',
      'keda-operator',
      'reloader',
      'traefik',
      'argocd-application-controller',
    ]),
  )
  expect([...names(asked)].sort()).toEqual(
    [
      'webhook',
      'trust-manager',
      'external-secrets-webhook',
      'cloudnative-pg',
      'kube-prometheus-stack-operator',
      'keda-operator-metrics-apiserver',
      'keda-admission-webhooks',
      'controller-manager',
    ].sort(),
  )
})

test('Vault of others is reached outside, and none is run', () => {
  const cluster = renderedCluster({ vault: { url: 'https://vault.example.com:8443', caConfigMap: 'vault-root' } })
  expect(cluster.releases.map(({ name }) => name)).not.toContain('vault')
  expect(find(cluster, 'ClusterSecretStore', 'vault').spec.provider.vault).toMatchObject({
    server: 'https://vault.example.com:8443',
    caProvider: { name: 'vault-root' },
  })
  expect(cluster.allowed).toContainEqual(expect.objectContaining({ to: expect.objectContaining({ kind: 'addresses' }), ports: [{ number: 8443 }] }))
})

test('Vault that is run here finds its own servers, and unseals itself where it is told by what', () => {
  const { values } = renderedCluster({ vault: { seal: { type: 'awskms', parameters: { region: 'eu-central-1' } } } }).releases.find(
    ({ name }) => name === 'vault',
  )!
  const { config } = (values as any).server.ha.raft
  expect(config.match(/leader_api_addr = "https:\/\/vault-\d\.vault-internal:8200"/g)).toHaveLength(3)
  expect(config).toContain('seal "awskms" {\n  region = "eu-central-1"\n}')
  // Every block is closed.
  expect(config.match(/\{/g)).toHaveLength(config.match(/\}/g).length)
})

test('a system that is there already is not installed, and is let through in its own namespace', () => {
  const { releases, allowed } = renderedCluster({ systems: { certManager: { run: 'present', namespace: 'cert-manager' }, keda: { run: 'present' } } })
  expect(releases.map(({ name }) => name)).not.toContain('cert-manager')
  expect(releases.map(({ name }) => name)).not.toContain('keda')
  expect(allowed.some(({ to }) => to.kind === 'pods' && to.namespace === 'cert-manager' && to.labels === undefined)).toBe(true)
})

test('what is switched off leaves nothing', () => {
  const off = { run: 'off' } as const
  const cluster = renderedCluster(
    { systems: { monitoring: off, logging: off, apiManagement: off, reloader: off, argoCd: off, keda: { run: 'present' } } },
    'staging',
    {
      applications: { shop: { ...clusterInput.applications!['shop']!, worker: { module: './dist/worker.js' } } },
    },
  )
  const names = cluster.releases.map(({ name }) => name)
  for (const name of ['kube-prometheus-stack', 'fluent-bit', 'fluentd', 'gko', 'apim', 'reloader', 'argo-cd', 'keda']) expect(names).not.toContain(name)
  expect(cluster.objects.filter(({ metadata, kind }) => metadata.namespace === 'monitoring' && kind === 'PodMonitor')).toEqual([])
})

test('copies by backlog need KEDA and Prometheus, and say so', () => {
  const { spec } = find(renderedCluster(), 'ScaledObject', 'shop-worker')
  expect(spec).toMatchObject({ minReplicaCount: 3, maxReplicaCount: 10 })
  expect(spec.triggers[0].metadata.query).toBe('sum(approximate_backlog_count{namespace="shop",taskqueue="shop"})')
  expect(() => renderedCluster({ systems: { keda: { run: 'off' }, monitoring: { run: 'off' } } })).toThrow(
    /kubernetes\.systems\.keda\.run[^]*kubernetes\.systems\.monitoring\.run/,
  )
})

test('an API of an application is a product that asks for tokens of the platform', () => {
  const { spec } = find(renderedCluster(), 'ApiV4Definition', 'shop-api')
  expect(spec.endpointGroups[0].endpoints[0].configuration.target).toBe('http://shop-api.temporal-product.svc:8090')
  expect(spec.plans.Tokens.security).toMatchObject({
    type: 'JWT',
    configuration: { resolverParameter: 'https://auth.example.com/application/o/temporal/jwks/' },
  })
})

test('images come through the mirror, whole or by their registry', () => {
  const { releases } = renderedCluster({ images: { mirror: 'mirror.example.com/all', pullSecrets: ['mirror'] } })
  const values = (name: string): any => releases.find((release) => release.name === name)!.values
  expect(values('vault').server.image.repository).toBe('mirror.example.com/all/hashicorp/vault')
  expect(values('keda').image.keda.registry).toBe('mirror.example.com/all/ghcr.io')
  expect(values('cert-manager')).toMatchObject({ imageRegistry: 'mirror.example.com/all/quay.io', global: { imagePullSecrets: [{ name: 'mirror' }] } })
})

/** Names that releases read secrets by, as `<namespace>/<name>`. */
function usedBy(releases: readonly ChartRelease[]): string[] {
  return releases.flatMap(({ namespace, values }) => [...secretNames(values)].map((name) => `${namespace}/${name}`))
}

const NAMES = new Set(['existingSecret', 'secretName'])

function* secretNames(value: unknown, key = ''): Generator<string> {
  if (typeof value === 'string' && NAMES.has(key) && value !== '') yield value
  if (typeof value !== 'object' || value === null) return
  for (const [name, child] of Object.entries(value)) {
    if (name === 'secretKeyRef') yield (child as { name: string }).name
    else yield* secretNames(child, name)
  }
}

function producedBy({ objects }: RenderedCluster): string[] {
  return (objects as Open[]).flatMap(({ kind, metadata: { namespace }, spec }) => {
    if (kind === 'ExternalSecret') return [`${namespace}/${spec.target.name}`]
    return kind === 'Certificate' ? [`${namespace}/${spec.secretName}`] : []
  })
}

/** Secrets of controllers that are not ours. */
function madeByOthers(kubernetes: KubernetesInput): string[] {
  const plan = makePlan(resolvePlatform({ ...clusterInput, kubernetes: { ...clusterInput.kubernetes, ...kubernetes } }, 'production'))
  const settings = { ...plan.platform.kubernetes, domain: 'example.com', network: { ...plan.platform.kubernetes.network, apiServer: [] } }
  return [...assembleSystems(SYSTEMS, { plan, settings, digests: {} }).makes]
}

interface Asked {
  readonly from: readonly [namespace: string, name: string]
  readonly to: readonly [namespace: string, labels: Readonly<Record<string, string>>]
  readonly port: number
}

function isAllowed({ allowed }: RenderedCluster, { from, to, port }: Asked): boolean {
  return allowed.some(
    (each) =>
      each.from.kind === 'pods' &&
      each.from.namespace === from[0] &&
      each.from.labels?.['app.kubernetes.io/name'] === from[1] &&
      each.to.kind === 'pods' &&
      each.to.namespace === to[0] &&
      JSON.stringify(each.to.labels ?? {}) === JSON.stringify(to[1]) &&
      each.ports?.some(({ number }) => number === port),
  )
}
