import { describe, expect, test } from 'vitest'
import { find, type Open } from '../../../../testing/adapt.ts'
import { renderedCluster } from '../../../../testing/cluster.ts'
import { renderTree } from '../../../../render-kubernetes.ts'
import { unitOf } from '../units.ts'

const cluster = renderedCluster({ backups: { destination: 's3://backups/shop' } })
const { bootstrap, applications } = cluster.applications!
const project = find({ objects: bootstrap }, 'AppProject', 'test')
const named = (name: string): Open => find({ objects: applications }, 'Application', name)
const waveOf = (name: string): number => Number(named(name).metadata.annotations!['argocd.argoproj.io/sync-wave'])

describe('Argo CD', () => {
  test('has one application for each chart, for manifests of others, and for each unit', () => {
    const units = [...new Set(cluster.objects.map(unitOf))].map((unit) => `unit-${unit}`)
    const names = [...cluster.releases, ...cluster.manifests].map(({ name }) => name)
    expect(applications.map(({ metadata }) => metadata.name).sort()).toEqual([...names, ...units].sort())
    for (const { spec } of applications as Open[]) expect(spec.source.targetRevision).toMatch(/^v?\d+\.\d+\.\d+$/)
  })

  test('takes a chart from its repository, and one in a registry as an artefact', () => {
    expect(named('keda').spec.source).toMatchObject({ repoURL: 'https://kedacore.github.io/charts', chart: 'keda', helm: { releaseName: 'keda' } })
    expect(named('cert-manager').spec.source).toMatchObject({ repoURL: 'oci://quay.io/jetstack/charts/cert-manager', path: '.' })
    expect(named('unit-temporal-product').spec.source).toEqual({
      repoURL: 'https://git.example.com/shop.git',
      targetRevision: 'v1.0.0',
      path: 'deploy/overlays/production/temporal-product',
    })
  })

  test('brings first what others need: each of these before the next', () => {
    const order = [
      ['unit-foundation'],
      ['gateway-definitions'],
      ['cert-manager'],
      ['trust-manager', 'external-secrets'],
      ['vault', 'unit-cluster', 'unit-security'],
      ['cloudnative-pg', 'kube-prometheus-stack', 'unit-monitoring', 'traefik', 'keda', 'argo-cd'],
      ['plugin-barman-cloud', 'authentik', 'unit-identity', 'fluentd'],
      ['fluent-bit', 'apim', 'unit-logging'],
      ['unit-temporal-backend'],
      ['unit-temporal-product'],
    ]
    const waves = order.map((names) => [...new Set(names.map(waveOf))])
    expect(waves.every((each) => each.length === 1)).toBe(true)
    expect(waves.flat()).toEqual(waves.flat().sort((a, b) => a - b))
    expect(new Set(waves.flat()).size).toBe(order.length)
  })

  test('waits for an application before the next wave, and judges kinds that it does not know', () => {
    const { cm } = named('argo-cd').spec.source.helm.valuesObject.configs
    expect(
      Object.keys(cm)
        .filter((key) => key.startsWith('resource.customizations.health.'))
        .sort(),
    ).toEqual(
      [
        'argoproj.io_Application',
        'gravitee.io_ApiV4Definition',
        'gravitee.io_ManagementContext',
        'postgresql.cnpg.io_Database',
        'postgresql.cnpg.io_DatabaseRole',
        'trust.cert-manager.io_Bundle',
      ].map((kind) => `resource.customizations.health.${kind}`),
    )
  })

  test('may bring nothing but what the tree and the charts have, and from nowhere else', () => {
    const allowed = new Set(project.spec.clusterResourceWhitelist.map(({ group, kind }: any) => `${group}/${kind}`))
    const ofCluster = cluster.objects.filter(({ metadata }) => metadata.namespace === undefined)
    const kinds = ofCluster.map(({ apiVersion, kind }) => `${apiVersion.includes('/') ? apiVersion.split('/')[0] : ''}/${kind}`)
    expect([...new Set(kinds)].filter((kind) => !allowed.has(kind))).toEqual([])
    expect(allowed.has('*/*')).toBe(false)
    const sources = (applications as Open[]).map(({ spec }) => spec.source.repoURL)
    expect(project.spec.sourceRepos).toEqual([...new Set(sources)].sort())
    const namespaces = new Set(project.spec.destinations.map(({ namespace }: any) => namespace))
    const targets = [
      ...(applications as Open[]).map(({ spec }) => spec.destination.namespace),
      ...cluster.objects.flatMap(({ metadata }) => metadata.namespace ?? []),
    ]
    expect(targets.filter((namespace) => !namespaces.has(namespace))).toEqual([])
  })

  test('leaves the number of copies to whoever scales, and removes no namespace by itself', () => {
    expect(named('unit-temporal-product').spec.ignoreDifferences).toEqual([
      { group: 'apps', kind: 'Deployment', name: 'shop-worker', jsonPointers: ['/spec/replicas'] },
    ])
    expect(named('unit-temporal-product').spec.syncPolicy).toMatchObject({
      automated: { prune: true, selfHeal: true },
      syncOptions: expect.arrayContaining(['ServerSideApply=true', 'RespectIgnoreDifferences=true']),
    })
    expect(named('unit-foundation').spec.syncPolicy.automated.prune).toBe(false)
  })

  test('is brought by people once, with the values that it keeps itself by later', () => {
    const root = find({ objects: bootstrap }, 'Application', 'test')
    expect(root.spec.source.path).toBe('deploy/applications/production')
    const files = new Map(renderTree(new Map([['production', cluster]])).map(({ path, content }) => [path, content]))
    const values = files.get('applications/production/bootstrap/values.yaml')!
    expect(values).toContain('helm install argo-cd argo-cd --repo https://argoproj.github.io/argo-helm --version 10.1.1 --namespace argocd')
    expect(values).toContain('fullnameOverride: argocd')
    expect(files.get('applications/production/kustomization.yaml')).toMatch(/resources:\n {2}- bootstrap\n/)
    expect(files.get('applications/production/bootstrap/kustomization.yaml')).toContain('application-test.yaml')
  })

  test('brings nothing where another does, or without a repository', () => {
    expect(renderedCluster({ systems: { argoCd: { run: 'off' } } }).applications).toBeUndefined()
    expect(renderedCluster({ repository: undefined }).applications).toBeUndefined()
  })
})
