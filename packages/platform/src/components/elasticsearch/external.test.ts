import { describe, expect, test } from 'vitest'
import { renderGraph } from '../../graph.ts'
import { releasedPrograms } from '../../render.ts'
import type { ExternalElasticsearchInput } from '../../model/settings/elasticsearch.ts'
import type { ProcessPlan, Tree } from '../../targets/process/process-plan.ts'
import { envOf, given, planWith, processOf, render, temporal } from '../../testing/external.ts'

const planAt = (external: Partial<ExternalElasticsearchInput> = {}) =>
  planWith({ temporal: { visibility: 'elasticsearch' }, elasticsearch: { external: { host: 'search.example.com', ...external } } })
const SECRET_CA = '/state/secrets/elasticsearch-tls/ca.crt'
const PASSWORD = { secret: { name: 'elasticsearch-user', key: 'password' } }

function datastoreOf(rendered: ProcessPlan): Readonly<Record<string, Tree>> {
  const { persistence } = processOf(rendered, 'temporal-history').files[0]?.content as {
    persistence: { datastores: { visibility: { elasticsearch: Record<string, Tree> } } }
  }
  return persistence.datastores.visibility.elasticsearch
}

/** The variables of the tool; not those that every process has. */
function toolOf(rendered: ProcessPlan): Record<string, unknown> {
  return Object.fromEntries(Object.entries(envOf(rendered, 'temporal-visibility-index')).filter(([name]) => name.startsWith('ES_')))
}

describe('an external Elasticsearch', () => {
  const plan = planAt()
  const rendered = render(plan)
  test('has an endpoint, and no node or program of it', () => {
    expect(plan.parties.find(({ name }) => name === 'elasticsearch')).toMatchObject({
      kind: 'external',
      ports: {
        http: {
          host: 'search.example.com',
          number: 9200,
          authentication: 'password',
          tls: { domain: 'external', mutual: false, serverName: 'search.example.com' },
        },
      },
    })
    expect(rendered.processes.map(({ name }) => name).filter((name) => name.startsWith('elasticsearch'))).toEqual(['elasticsearch-check'])
    expect(releasedPrograms(plan).map(({ command }) => command)).not.toContain('opensearch')
    expect(plan.databases.map(({ name }) => name)).toEqual(['shop', 'temporal'])
  })
  test('is reached by the server and by the tool with the given root, user and password', () => {
    expect(datastoreOf(rendered)).toMatchObject({
      url: { scheme: 'https', host: 'search.example.com:9200' },
      username: 'temporal',
      password: PASSWORD,
      tls: { enabled: true, enableHostVerification: true, caFile: SECRET_CA },
      indices: { visibility: 'temporal_visibility_v1' },
    })
    expect(toolOf(rendered)).toEqual({
      ES_SERVER: 'https://search.example.com:9200',
      ES_USER: 'temporal',
      ES_PWD: PASSWORD,
      ES_TLS: 'true',
      ES_TLS_CA_FILE: SECRET_CA,
    })
    expect(given(rendered)).toEqual(['elasticsearch-tls/ca.crt', 'elasticsearch-user/password'])
    expect(rendered.givenSecrets.every(({ about }) => about !== undefined)).toBe(true)
  })
  test('is checked before the index is made, as the user who makes it', () => {
    expect(processOf(rendered, 'temporal-visibility-index-template').needs).toEqual([{ anyOf: ['elasticsearch-check'], until: 'completed' }])
    expect(processOf(rendered, 'elasticsearch-check').files[0]?.content).toEqual({
      host: 'search.example.com',
      port: 9200,
      tls: { caFile: SECRET_CA },
      login: { user: 'temporal', passwordFile: '/state/secrets/elasticsearch-user/password' },
      minimumMajor: { elasticsearch: 7, opensearch: 2 },
    })
  })
  test('keeps the settings of its cluster', () => {
    const args = (of: ProcessPlan) => processOf(of, 'temporal-visibility-index-template').args
    expect(args(rendered)).toEqual(['setup-schema', '--skip-cluster-settings'])
    expect(args(render(planWith({ temporal: { visibility: 'elasticsearch' }, elasticsearch: { security: false } })))).toEqual(['setup-schema'])
  })
  test('may be trusted by public roots, and have a user, a port and an index of its own', () => {
    const cloud = render(planAt({ port: 443, username: 'shop-temporal', tls: { trust: 'system-roots' } }))
    expect(toolOf(cloud)).toEqual({ ES_SERVER: 'https://search.example.com:443', ES_USER: 'shop-temporal', ES_PWD: PASSWORD, ES_TLS: 'true' })
    expect(datastoreOf(cloud)['tls']).toEqual({ enabled: true, enableHostVerification: true })
    expect(given(cloud)).toEqual(['elasticsearch-user/password'])
  })
  test('may be without TLS and user where that is said', () => {
    const open = render(planAt({ host: '::1', tls: false, authentication: 'none' }))
    expect(toolOf(open)).toEqual({ ES_SERVER: 'http://[::1]:9200' })
    expect(datastoreOf(open)['url']).toEqual({ scheme: 'http', host: '[::1]:9200' })
    for (const key of ['username', 'password', 'tls']) expect(datastoreOf(open)).not.toHaveProperty(key)
    expect(processOf(open, 'elasticsearch-check').files[0]?.content).toMatchObject({ host: '::1', tls: false })
    expect(given(open)).toEqual([])
  })
  test('is drawn where it is, with how it is protected', () => {
    const graph = renderGraph(plan)
    expect(graph).toContain('elasticsearch["elasticsearch<br/>search.example.com"]')
    expect(graph).toContain('temporal_visibility_index -->|http + TLS + password| elasticsearch')
  })
  test('is part of the plan only where Temporal of ours keeps its visibility there', () => {
    const elasticsearch = { external: { host: 'search.example.com' } }
    for (const without of [planWith({ elasticsearch }), planWith({ elasticsearch, temporal })]) {
      expect(without.parties.filter(({ name }) => name.startsWith('elasticsearch'))).toEqual([])
      expect(without.secrets.map(({ name }) => name)).not.toContain('elasticsearch-user')
    }
  })
})
