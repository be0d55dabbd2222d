import { describe, expect, test } from 'vitest'
import { ENVIRONMENTS, type EnvironmentName, type PlatformInput } from '../../model/input.ts'
import { resolvePlatform } from '../../model/platform.ts'
import { makePlan } from '../../plan.ts'
import { renderKubernetes, renderTree } from '../../render-kubernetes.ts'
import { input } from '../../testing/platform.ts'
import type { KubernetesObject } from './object.ts'
import type { RenderedCluster } from './render.ts'
import { waveOf } from './waves.ts'

const given: PlatformInput = {
  ...input,
  postgresql: { maxConnections: 500 },
  kubernetes: { domain: 'example.com', network: { apiServer: ['192.0.2.1/32'] }, backups: { destination: 's3://backups/postgresql' } },
  applications: { shop: { ...input.applications['shop'], image: 'registry.example.com/shop:1.0.0' } },
}

const rendered = (environment: EnvironmentName, platform: PlatformInput = given): RenderedCluster =>
  renderKubernetes(makePlan(resolvePlatform(platform, environment)))

/** An object with its fields open: what a test looks into. */
type Open = KubernetesObject & { readonly spec: any; readonly data: Record<string, string> }
const find = ({ objects }: RenderedCluster, kind: string, name: string | RegExp): Open => {
  const found = objects.find((object) => object.kind === kind && (typeof name === 'string' ? object.metadata.name === name : name.test(object.metadata.name)))
  if (!found) throw new Error(`no ${kind} ${String(name)}`)
  return found as Open
}

describe('a cluster', () => {
  const production = rendered('production')
  const history = find(production, 'Deployment', 'temporal-history')
  const [container] = history.spec.template.spec.containers

  test('says what it lacks, all together', () => {
    const { kubernetes: _, ...without } = given
    expect(() => rendered('production', { ...without, applications: input.applications })).toThrow(/kubernetes\.domain[^]*applications\.shop\.image/)
  })

  test('has no secret in it: a password comes as a variable, which the program fills in by its own template', () => {
    const config = find(production, 'ConfigMap', /^temporal-history-config-/)
    expect(config.data['temporal.yaml']).toMatch(/^# enable-template\n/)
    expect(config.data['temporal.yaml']).toContain('password: {{ env "SUNDIAL_SECRET_TEMPORAL_DATABASE_PASSWORD" | quote }}')
    expect(config.data['temporal.yaml']).toContain('broadcastAddress: {{ env "POD_IP" | quote }}')
    expect(container.env).toContainEqual({
      name: 'SUNDIAL_SECRET_TEMPORAL_DATABASE_PASSWORD',
      valueFrom: { secretKeyRef: { name: 'temporal-database', key: 'password' } },
    })
    expect(production.objects.filter(({ kind }) => kind === 'Secret')).toEqual([])
    // The Web UI's own template would change characters: External Secrets writes its file.
    expect(find(production, 'ExternalSecret', /^temporal-ui-config-/).spec.target.template.data['web-ui.yaml']).toContain(
      'clientSecret: {{ .SUNDIAL_SECRET_CLIENT_TEMPORAL_CLIENT_SECRET | toJson }}',
    )
  })

  test('replaces pods when a file changes that they read once, and not when it is one that they read again', () => {
    const louder = rendered('production', { ...given, temporal: { ...given.temporal, logLevel: 'warn' } })
    const tuned = rendered('production', { ...given, temporal: { ...given.temporal, dynamicConfig: { 'frontend.namespaceRPS': 100 } } })
    expect(find(louder, 'Deployment', 'temporal-history').spec.template).not.toEqual(history.spec.template)
    expect(find(tuned, 'Deployment', 'temporal-history').spec.template).toEqual(history.spec.template)
    expect(find(tuned, 'ConfigMap', 'temporal-dynamic-config').data).not.toEqual(find(production, 'ConfigMap', 'temporal-dynamic-config').data)
  })

  test('has a new job when what the job does is another', () => {
    const name = (cluster: RenderedCluster) => find(cluster, 'Job', /^temporal-schema-/).metadata.name
    expect(name(rendered('production', { ...given, temporal: { ...given.temporal, logLevel: 'warn' } }))).toBe(name(production))
    expect(name(rendered('production', { ...given, versions: { temporal: '1.31.4' } }))).not.toBe(name(production))
  })

  test('starts what is needed in earlier waves', () => {
    const wave = (kind: string, workload: RegExp) => waveOf(find(production, kind, workload))
    const order = [
      wave('ExternalSecret', /^temporal-database$/),
      wave('Job', /^temporal-schema-/),
      wave('Deployment', /^temporal-history$/),
      wave('Deployment', /^temporal-ui$/),
    ]
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(new Set(order).size).toBe(order.length)
  })

  test('asks a server of its own TLS, with its own certificate', () => {
    const { readinessProbe } = container
    expect(readinessProbe.exec.command).toContain('-tls-client-cert=/etc/sundial/certificates/internode/tls.crt')
    expect(readinessProbe.exec.command).toContain('-service=temporal.api.workflowservice.v1.HistoryService')
    expect(find(production, 'Certificate', 'temporal-history-internode').spec.usages).toEqual(expect.arrayContaining(['server auth', 'client auth']))
  })
})

describe('a tree', () => {
  const clusters = new Map(ENVIRONMENTS.map((name) => [name, rendered(name)]))
  const files = renderTree(clusters)
  const text = (path: string) => files.find((file) => file.path === path)?.content

  test('is the same when it is rendered again', () => {
    expect(renderTree(new Map(ENVIRONMENTS.map((name) => [name, rendered(name)])))).toEqual(files)
  })

  test('has once what is equal in all environments, and small differences as patches', () => {
    expect(text('base/temporal-backend/networkpolicy-default-deny.yaml')).toBeDefined()
    expect(files.filter(({ path }) => path.endsWith('/networkpolicy-default-deny.yaml') && path.startsWith('overlays/'))).toEqual([])
    expect(text('overlays/production/temporal-backend/kustomization.yaml')).toContain('../../../base/temporal-backend')
  })
})
