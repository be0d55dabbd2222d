import { describe, expect, test } from 'vitest'
import { checkPlan } from '../../model/check.ts'
import { workloadsOf } from '../../model/plan.ts'
import type { Tree } from '../../targets/process/process-plan.ts'
import { envOf, given, planWith, processOf, render, temporal, webUi } from '../../testing/external.ts'

describe('an external Temporal', () => {
  const plan = planWith({ temporal })
  const rendered = render(plan)
  test('has an endpoint, and no server, schema or database', () => {
    expect(workloadsOf(plan).flatMap(({ name, component }) => (component === 'temporal' ? [name] : []))).toEqual(['temporal-namespaces'])
    expect(plan.databases.map(({ name }) => name)).toEqual(['shop'])
    expect(plan.fixedSettings).toEqual({})
    expect(rendered.trustDomains.map(({ name }) => name)).toEqual(['database'])
  })
  test('is reached by every caller at its address, with the given files and its own token', () => {
    for (const name of ['shop-worker', 'shop-api', 'temporal-namespaces'])
      expect(envOf(rendered, name)).toMatchObject({
        TEMPORAL_ADDRESS: 'temporal.example.com:7233',
        TEMPORAL_TLS: 'true',
        TEMPORAL_TLS_SERVER_CA_CERT_PATH: '/state/secrets/temporal-frontend-tls/ca.crt',
        TEMPORAL_TLS_CLIENT_CERT_PATH: '/state/secrets/temporal-frontend-tls/tls.crt',
        TEMPORAL_TLS_CLIENT_KEY_PATH: '/state/secrets/temporal-frontend-tls/tls.key',
        OIDC_CLIENT_ID: name,
      })
    expect((processOf(rendered, 'temporal-ui').files[0]?.content as { tls: Tree }).tls).toEqual({
      caFile: '/state/secrets/temporal-frontend-tls/ca.crt',
      certFile: '/state/secrets/temporal-frontend-tls/tls.crt',
      keyFile: '/state/secrets/temporal-frontend-tls/tls.key',
      enableHostVerification: true,
      serverName: 'temporal.example.com',
    })
    expect(given(rendered)).toEqual(['temporal-frontend-tls/ca.crt', 'temporal-frontend-tls/tls.crt', 'temporal-frontend-tls/tls.key'])
  })
  test('is asked for its namespaces before anything uses it', () => {
    expect(processOf(rendered, 'temporal-ui').needs).toContainEqual({ anyOf: ['temporal-namespaces'], until: 'completed' })
    expect(processOf(rendered, 'shop-worker').needs).toContainEqual({ anyOf: ['temporal-namespaces'], until: 'completed' })
    expect(processOf(rendered, 'temporal-namespaces').files[0]?.content).toMatchObject({ make: true, namespaces: [{ name: 'shop' }] })
  })
  test('is only looked at where others make namespaces', () => {
    const looking = planWith({ temporal: { external: { ...temporal.external, manageNamespaces: false } } })
    expect(processOf(render(looking), 'temporal-namespaces').files[0]?.content).toMatchObject({ make: false })
    expect(looking.clients.find(({ id }) => id === 'temporal-namespaces')?.permissions).toEqual(['shop:read'])
  })
  test('may ask for an API key, which the Web UI cannot show', () => {
    const external = { address: 'eu.example.com:7233', tls: { trust: 'system-roots' }, authentication: 'api-key' } as const
    const keyed = render(planWith({ temporal: { external }, webUi }))
    expect(envOf(keyed, 'shop-worker')).toMatchObject({ TEMPORAL_TLS: 'true', TEMPORAL_API_KEY_FILE: '/state/secrets/temporal-api-key/api-key' })
    expect(envOf(keyed, 'shop-worker')).not.toHaveProperty('OIDC_CLIENT_ID')
    expect(envOf(keyed, 'shop-api')).toHaveProperty('OIDC_ISSUER')
    expect(given(keyed)).toEqual(['temporal-api-key/api-key'])
    expect(() => planWith({ temporal: { external } })).toThrow(/webUi\n.*cannot show Temporal an API key/)
  })
  test('may ask for nothing', () => {
    const open = planWith({ temporal: { external: { address: '[::1]:7233', tls: false, authentication: 'none' } } })
    const rendering = render(open)
    expect(envOf(rendering, 'shop-worker')).toMatchObject({ TEMPORAL_ADDRESS: '[::1]:7233', TEMPORAL_TLS: 'false' })
    expect(Object.keys(envOf(rendering, 'shop-worker')).filter((name) => name.startsWith('OIDC'))).toEqual([])
    expect(open.clients.map(({ id }) => id)).toEqual(['shop-till', 'temporal'])
    expect(processOf(rendering, 'temporal-ui').files[0]?.content).not.toHaveProperty('tls')
  })
  test('needs its client certificate with every caller', () => {
    const parties = plan.parties.map((party) => (party.kind === 'workload' && party.name === 'shop-worker' ? { ...party, env: {} } : party))
    expect(checkPlan({ ...plan, parties }).map(({ message }) => message)).toEqual([
      'calls "temporal-frontend" at port "grpc" without a client certificate of the domain "external"',
    ])
  })
})
