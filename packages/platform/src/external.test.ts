import { describe, expect, test } from 'vitest'
import { renderGraph } from './graph.ts'
import { resolvePlatform } from './model/platform.ts'
import { makePlan } from './plan.ts'
import type { Tree } from './targets/process/process-plan.ts'
import { common, envOf, given, identity, planWith, postgresql, processOf, render, temporal, webUi } from './testing/external.ts'

describe('an external identity provider', () => {
  const plan = planWith({ identity })
  const rendered = render(plan)
  test('is the issuer for all who ask and verify, and no process', () => {
    expect(envOf(rendered, 'shop-api')).toMatchObject({ OIDC_ISSUER: 'https://login.example.com/realms/sundial', OIDC_SCOPE: 'permissions' })
    const { global } = processOf(rendered, 'temporal-frontend').files[0]?.content as { global: { authorization: Tree } }
    expect(global.authorization).toMatchObject({ jwtKeyProvider: { keySourceURIs: ['https://keys.example.com/certs'] } })
    expect(rendered.processes.map(({ name }) => name)).not.toContain('identity')
    expect(plan.secrets.map(({ name }) => name)).not.toContain('identity-signing')
    expect(processOf(rendered, 'temporal-frontend').needs).toContainEqual({ anyOf: ['identity-check'], until: 'completed' })
  })
  test('has given client secrets, of those clients that something here is', () => {
    expect(given(rendered)).toEqual(
      ['client-shop-api', 'client-shop-till', 'client-shop-worker', 'client-temporal', 'client-temporal-namespaces'].map((name) => `${name}/client-secret`),
    )
    const { demo: _demo, ...shop } = common.applications.shop
    const without = makePlan(resolvePlatform({ ...common, identity, applications: { shop }, environments: {} }, 'production'))
    expect(given(render(without))).not.toContain('client-shop-till/client-secret')
  })
  test('may call clients, and so the audience, otherwise', () => {
    const mapped = render(planWith({ identity: { external: { ...identity.external, clients: { 'shop-worker': '4711', temporal: 'workflows' } } } }))
    expect(envOf(mapped, 'shop-worker')['OIDC_CLIENT_ID']).toBe('4711')
    const { global } = processOf(mapped, 'temporal-frontend').files[0]?.content as { global: { authorization: Tree } }
    expect(global.authorization).toMatchObject({ audience: 'workflows' })
    expect(() => planWith({ identity: { external: { ...identity.external, clients: { 'shop-wrker': '4711' } } } })).toThrow(
      /clients\["shop-wrker"\]\n.*is not a client of this plan.*\n.*did you mean "shop-worker"/,
    )
  })
  test('must say where its keys are, unless Temporal is external too', () => {
    const { jwksUrl: _jwksUrl, ...external } = identity.external
    expect(() => planWith({ identity: { external } })).toThrow(
      /identity\.external\.jwksUrl\n.*is missing.*\n.*login\.example\.com\/realms\/sundial\/\.well-known/,
    )
    expect(() => planWith({ identity: { external }, temporal })).not.toThrow()
  })
})

test('an external Web UI is shown, and no process or client', () => {
  const plan = planWith({ webUi })
  expect(plan.parties.find(({ name }) => name === 'temporal-ui')).toMatchObject({ kind: 'external', ports: { http: { url: 'https://temporal.example.com' } } })
  expect(plan.clients.map(({ id }) => id)).not.toContain('temporal')
  expect(renderGraph(plan)).toContain('temporal_ui["temporal-ui<br/>temporal.example.com"]')
})

test('all of them together leave what is ours', () => {
  const rendered = render(planWith({ postgresql, temporal, identity, webUi }))
  expect(rendered.processes.map(({ name }) => name).toSorted()).toEqual([
    'identity-check',
    'postgresql-check',
    'shop-api',
    'shop-bank',
    'shop-database-migration',
    'shop-demo',
    'shop-worker',
    'temporal-namespaces',
  ])
  expect(rendered.certificates).toEqual([])
})
