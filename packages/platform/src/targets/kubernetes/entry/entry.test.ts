import { describe, expect, test } from 'vitest'
import { find, type Open } from '../../../testing/adapt.ts'
import { renderedCluster } from '../../../testing/cluster.ts'
import type { RenderedCluster } from '../render.ts'

const NAMES = ['apis', 'argocd', 'auth', 'grafana', 'shop-api', 'temporal']
const ofKind = ({ objects }: RenderedCluster, kind: string) => objects.filter((object) => object.kind === kind) as Open[]
const isOpenTo = ({ allowed }: RenderedCluster, namespace: string, port: number) =>
  allowed.some(
    ({ from, to, ports }) =>
      from.kind === 'pods' && from.namespace === 'gateway' && to.kind === 'pods' && to.namespace === namespace && ports?.some(({ number }) => number === port),
  )

describe('a gateway', () => {
  const cluster = renderedCluster()
  const { spec } = find(cluster, 'Gateway', 'public')

  test('has a listener and a certificate of its own for each name, and lets in a route of one namespace only', () => {
    const [http, ...listeners] = spec.listeners
    expect(http).toMatchObject({ protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'Same' } } })
    expect(listeners.map(({ hostname }: any) => hostname)).toEqual(NAMES.map((name) => `${name}.example.com`))
    for (const { hostname, tls } of listeners) {
      const certificate = ofKind(cluster, 'Certificate').find(({ spec: { secretName } }) => secretName === tls.certificateRefs[0].name)!
      expect(certificate.metadata.namespace).toBe('gateway')
      expect(certificate.spec).toMatchObject({ dnsNames: [hostname], issuerRef: { name: 'test-public' } })
    }
    expect(listeners.find(({ name }: any) => name === 'https-temporal').allowedRoutes.namespaces.selector.matchLabels).toEqual({
      'kubernetes.io/metadata.name': 'temporal-backend',
    })
    expect(find(cluster, 'ClusterIssuer', 'test-public').spec.acme.solvers[0].http01.gatewayHTTPRoute.parentRefs[0]).toMatchObject({
      name: 'public',
      sectionName: 'http',
    })
  })

  test('sends everyone to https, and has browsers remember it', () => {
    const redirect = find(cluster, 'HTTPRoute', 'redirect')
    expect(redirect.spec.hostnames).toEqual(NAMES.map((name) => `${name}.example.com`))
    expect(redirect.spec.rules[0].filters[0].requestRedirect).toEqual({ scheme: 'https', port: 443, statusCode: 301 })
    expect(find(cluster, 'HTTPRoute', 'temporal').spec.rules[0].filters[0].responseHeaderModifier.set).toEqual([
      { name: 'Strict-Transport-Security', value: 'max-age=31536000; includeSubDomains' },
    ])
  })

  test('has a route beside the service that answers, and is let through to it', () => {
    const routes = ofKind(cluster, 'HTTPRoute').filter(({ metadata }) => metadata.name !== 'redirect')
    expect(routes.map(({ metadata }) => metadata.name).sort()).toEqual(NAMES)
    // Others are services of charts.
    const ofCharts = ['apim-gateway 82', 'argocd-server 80', 'authentik-server 80', 'grafana 80']
    const services = ofKind(cluster, 'Service').flatMap(({ metadata, spec: service }) =>
      service.ports.map(({ port }: any) => `${metadata.namespace} ${metadata.name} ${port}`),
    )
    const asked = routes.flatMap(({ metadata, spec: route }) =>
      route.rules[0].backendRefs.map(({ name, port }: any) => `${metadata.namespace} ${name} ${port}`),
    )
    expect(asked.filter((each) => !services.includes(each)).map((each) => each.replace(/^\S+ /, ''))).toEqual(ofCharts)
    for (const [namespace, port] of [
      ['temporal-backend', 8233],
      ['temporal-product', 8090],
      ['identity', 9000],
      ['monitoring', 3000],
      ['argocd', 8080],
    ] as const)
      expect(isOpenTo(cluster, namespace, port), `${namespace} ${port}`).toBe(true)
    expect(isOpenTo(cluster, 'temporal-backend', 7233)).toBe(false)
  })

  test('of another class has the ports that the world sees', () => {
    const other = renderedCluster({ entry: { className: 'cilium', namespace: 'kube-system' } })
    expect(
      find(other, 'Gateway', 'public')
        .spec.listeners.map(({ port }: any) => port)
        .slice(0, 2),
    ).toEqual([80, 443])
    expect(other.releases.map(({ name }) => name)).not.toContain('traefik')
    // Without a mail address there is an issuer of this name already.
    expect(other.objects.filter(({ metadata }) => metadata.name === 'test-public')).toEqual([])
  })
})

describe('Temporal, where workers outside reach it', () => {
  const cluster = renderedCluster({ entry: { temporal: true } })

  test('gets what they say unopened, at a name that is in the certificate that they see, and in no other', () => {
    const listener = find(cluster, 'Gateway', 'public').spec.listeners.find(({ name }: any) => name === 'https-grpc')
    expect(listener).toMatchObject({ protocol: 'TLS', hostname: 'grpc.example.com', tls: { mode: 'Passthrough' } })
    expect(find(cluster, 'TLSRoute', 'grpc').spec.rules[0].backendRefs[0]).toMatchObject({ name: 'temporal-frontend', port: 7233 })
    const named = ofKind(cluster, 'Certificate').filter(({ spec: { dnsNames = [] } }) => dnsNames.includes('grpc.example.com'))
    expect(named.map(({ metadata }) => metadata.name)).toEqual(['temporal-frontend-client'])
    expect(isOpenTo(cluster, 'temporal-backend', 7233)).toBe(true)
  })

  test('cannot be with ingresses', () => {
    expect(() => renderedCluster({ entry: { kind: 'ingress', temporal: true } })).toThrow(/kubernetes\.entry\.temporal[^]*no word for TLS/)
  })
})

test('ingresses have a certificate each, and send everyone to https', () => {
  const cluster = renderedCluster({ entry: { kind: 'ingress', className: 'nginx', email: 'ops@example.com' } })
  expect(
    ofKind(cluster, 'Ingress')
      .map(({ metadata }) => metadata.name)
      .sort(),
  ).toEqual(NAMES)
  expect(find(cluster, 'Ingress', 'temporal')).toMatchObject({
    metadata: { namespace: 'temporal-backend', annotations: { 'cert-manager.io/cluster-issuer': 'test-public', 'nginx.org/redirect-to-https': 'true' } },
    spec: { ingressClassName: 'nginx', tls: [{ hosts: ['temporal.example.com'], secretName: 'public-temporal-tls' }] },
  })
  expect(find(cluster, 'ClusterIssuer', 'test-public').spec.acme.solvers).toEqual([{ http01: { ingress: { ingressClassName: 'nginx' } } }])
  expect(ofKind(cluster, 'Gateway')).toEqual([])
})
