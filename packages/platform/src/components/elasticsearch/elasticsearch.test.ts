import { expect, test } from 'vitest'
import type { PlatformInput } from '../../model/input.ts'
import { workloadsOf } from '../../model/plan.ts'
import { resolvePlatform } from '../../model/platform.ts'
import { makePlan } from '../../plan.ts'
import { processPorts, releasedPrograms, renderProcesses } from '../../render.ts'
import { input, shop } from '../../testing/platform.ts'

const without = makePlan(resolvePlatform(input, 'development'))
const plan = makePlan(resolvePlatform(input, 'development', { features: ['elasticsearch'] }))
const processes = renderProcesses(plan, {
  projectFolder: '/project',
  stateFolder: '/state',
  ports: Object.fromEntries(processPorts(plan).map(({ key, preferred }) => [key, preferred])),
  resolveModule: (specifier) => `/modules/${specifier}.js`,
})
const process = (name: string) => processes.processes.find((candidate) => candidate.name === name)!
const SERVERS = ['temporal-frontend', 'temporal-history', 'temporal-internal-frontend', 'temporal-matching', 'temporal-system-worker']

test('is part of the plan only when it is the visibility store', () => {
  const names = (of: typeof plan) => of.parties.map(({ name }) => name)
  expect(names(plan).filter((name) => !names(without).includes(name))).toEqual(['elasticsearch', 'temporal-visibility-index'])
  expect(names(without).filter((name) => !names(plan).includes(name))).toEqual(['temporal-visibility-schema'])
  expect(without.databases.map(({ name }) => name)).toEqual(['shop', 'temporal', 'temporal_visibility'])
  expect(plan.databases.map(({ name }) => name)).toEqual(['shop', 'temporal'])
})

test('is called by every process of the server and by the job that makes the index, and by nobody else', () => {
  expect(plan.connections.filter(({ to }) => to === 'elasticsearch').map(({ from }) => from)).toEqual([...SERVERS, 'temporal-visibility-index'])
})

test('the server waits for the index, and the index for the node', () => {
  for (const name of SERVERS) expect(process(name).needs).toContainEqual({ anyOf: ['temporal-visibility-index'], until: 'completed' })
  expect(process('temporal-visibility-index-template').needs).toEqual([{ anyOf: ['elasticsearch'], until: 'ready' }])
})

test('the server has one visibility store, at the address of the node', () => {
  const { persistence } = process('temporal-history').files[0]?.content as { persistence: { datastores: Record<string, object> } }
  expect(persistence.datastores['visibility']).toEqual({
    elasticsearch: expect.objectContaining({ url: { scheme: 'http', host: '127.0.0.1:9200' }, indices: { visibility: 'temporal_visibility_v1' } }),
  })
  expect(Object.keys(persistence.datastores)).toEqual(['main', 'visibility'])
})

test('a new search attribute is known to every process at once in development, and only there', () => {
  const settings = (environment: 'development' | 'staging') => {
    const server = workloadsOf(makePlan(resolvePlatform(input, environment, { features: ['elasticsearch'] }))).find(({ name }) => name === 'temporal-history')
    return JSON.stringify(server?.files['dynamic-config.yaml']?.content)
  }
  expect(settings('development')).toContain('"system.forceSearchAttributesCacheRefreshOnRead":[{"value":true}]')
  expect(settings('staging')).not.toContain('forceSearchAttributesCacheRefreshOnRead')
})

test('the node listens on loopback only, and keeps everything in the state folder', () => {
  const { env, files, folders } = process('elasticsearch')
  const settings = files.find(({ path }) => path.endsWith('/opensearch.yml'))?.content
  expect(settings).toMatchObject({ 'network.host': '127.0.0.1', 'http.port': 9200, 'path.data': '/state/data/elasticsearch', 'discovery.type': 'single-node' })
  expect(env).toMatchObject({ OPENSEARCH_PATH_CONF: '/state/config/elasticsearch', OPENSEARCH_TMPDIR: '/state/data/elasticsearch-scratch' })
  expect(env['OPENSEARCH_JAVA_OPTS']).toMatch(/-Xms512m -Xmx512m/)
  expect(folders).toEqual(['/state/data/elasticsearch', '/state/data/elasticsearch-scratch'])
})

test('only the programs that are run are asked for', () => {
  const commands = (of: typeof plan) => [...new Set(releasedPrograms(of).map(({ command }) => command))].toSorted()
  expect(commands(without)).toEqual(['postgres', 'temporal-server', 'temporal-sql-tool', 'ui-server'])
  expect(commands(plan)).toEqual(['opensearch', 'postgres', 'temporal-elasticsearch-tool', 'temporal-server', 'temporal-sql-tool', 'ui-server'])
})

test('asks for no connections of PostgreSQL for visibility', () => {
  const tight: PlatformInput = { ...input, postgresql: { maxConnections: 120 } }
  expect(() => makePlan(resolvePlatform(tight, 'development'))).toThrow('may open 150')
  expect(workloadsOf(makePlan(resolvePlatform(tight, 'development', { features: ['elasticsearch'] })))).not.toHaveLength(0)
})

test('refuses a search attribute that has two types: there is one index for all namespaces', () => {
  const bakery = { contract: { ...shop, name: 'bakery', searchAttributes: { ShopStatus: 'int' as const } }, worker: { module: './dist/bakery.js' } }
  const two: PlatformInput = { ...input, applications: { ...input.applications, bakery } }
  expect(() => makePlan(resolvePlatform(two, 'development', { features: ['elasticsearch'] }))).toThrow(
    /applications\.bakery\.contract\.searchAttributes\.ShopStatus\n.*is int, and keyword in "shop"/,
  )
  expect(makePlan(resolvePlatform(two, 'development')).parties).not.toHaveLength(0)
})

test('a feature is laid over one environment, and over what the configuration says of it', () => {
  const inPostgresql: PlatformInput = { ...input, temporal: { visibility: 'postgresql' } }
  expect(resolvePlatform(inPostgresql, 'development', { features: ['elasticsearch'] }).temporal.visibility).toBe('elasticsearch')
  expect(resolvePlatform(inPostgresql, 'production').temporal.visibility).toBe('postgresql')
})

test('a feature of a Temporal that others run is refused', () => {
  const external: PlatformInput = {
    ...input,
    environments: {},
    temporal: { external: { address: 'temporal.example.com:7233', authentication: 'none' } },
  }
  expect(() => resolvePlatform(external, 'development', { features: ['elasticsearch'] })).toThrow(/temporal\.visibility\n.*means nothing/)
})

test.each([
  ['temporal_visibility', 'must begin with temporal_visibility_v1'],
  ['temporal_visibility_v1_Prod', 'go on with lower case letters'],
])('refuses the index name %s', (index, message) => {
  expect(() => resolvePlatform({ ...input, elasticsearch: { index } }, 'development')).toThrow(message)
})

test('protects itself where others than this laptop reach it: TLS of a domain of its own, and a user with a password', () => {
  const inElasticsearch: PlatformInput = { ...input, temporal: { visibility: 'elasticsearch' } }
  const production = makePlan(resolvePlatform(inElasticsearch, 'production'))
  expect(production.connections.find(({ to }) => to === 'elasticsearch')).toMatchObject({ tls: 'server', domain: 'search', authentication: 'password' })
  expect(production.secrets).toContainEqual({ name: 'elasticsearch-user', keys: { password: 'password' } })
  const server = workloadsOf(production).find(({ name }) => name === 'temporal-history')
  expect(server?.files['temporal.yaml']?.content).toMatchObject({
    persistence: {
      datastores: {
        visibility: {
          elasticsearch: {
            url: { scheme: 'https' },
            username: 'temporal',
            password: { ref: 'secret', name: 'elasticsearch-user' },
            tls: { enabled: true, enableHostVerification: true, caFile: { of: { kind: 'trust-bundle', domain: 'search' } } },
          },
        },
      },
    },
  })
  expect(plan.connections.find(({ to }) => to === 'elasticsearch')).toMatchObject({ tls: 'none', authentication: 'none' })
})

test('does not run on one machine as if it were protected', () => {
  const inElasticsearch: PlatformInput = { ...input, temporal: { visibility: 'elasticsearch' } }
  expect(() => processPorts(makePlan(resolvePlatform(inElasticsearch, 'staging')))).toThrow(/elasticsearch\.security\n.*is true, unless/)
  expect(processPorts(makePlan(resolvePlatform({ ...inElasticsearch, elasticsearch: { security: false } }, 'staging')))).not.toHaveLength(0)
})

test('both stores at once are refused, and why is said', () => {
  const both = { ...input, temporal: { visibility: ['postgresql', 'elasticsearch'] } }
  expect(() => resolvePlatform(both, 'development')).toThrow(
    /temporal\.visibility\n.*allowed: postgresql, elasticsearch\n.*server refuses PostgreSQL and Elasticsearch at once/,
  )
})
