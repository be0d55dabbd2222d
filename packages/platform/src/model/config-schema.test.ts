import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { shop } from '../testing/platform.ts'
import { configSchema, resolvePlatform } from './platform.ts'

const ajv = new Ajv2020({ allowUnionTypes: true })
addFormats.default(ajv)
const validate = ajv.compile(configSchema())

const CONTRACT = './contract.js'
const application = { contract: CONTRACT, worker: { module: './worker.js' } }
const withApplication = (change: object) => ({ name: 'test', applications: { shop: { ...application, ...change } } })
const withUser = (user: object) => ({ name: 'test', identity: { users: { ada: user } } })
const inProduction = (settings: object) => ({ ...withApplication({ services: { bank: { module: './bank.js' } } }), environments: { production: settings } })

/** What our checks say of a document, once its contract is loaded. */
function isRight(document: object): boolean {
  try {
    resolvePlatform(
      JSON.parse(JSON.stringify(document), (_, value: unknown) => (value === CONTRACT ? shop : value)),
      'development',
    )
    return true
  } catch {
    return false
  }
}

test.each<object>([
  { name: 'test' },
  { name: 'a' },
  { name: 'test', versions: { temporal: '1.31.4', postgresql: '15' } },
  { name: 'test', temporal: { historyShards: 16_384, dynamicConfig: { 'frontend.rps': 100, a: true, b: 'c' } } },
  { name: 'test', webUi: { enabled: false, port: 32_767 } },
  { name: 'test', postgresql: { settings: { work_mem: '4MB' } } },
  { name: 'test', postgresql: { external: { host: 'db.example.com', tls: false, databases: { temporal: { user: 'me' } } } } },
  {
    name: 'test',
    postgresql: { external: { host: '10.0.0.1', tls: { trust: 'system-roots' } } },
    environments: { development: { postgresql: { external: null } } },
  },
  { name: 'test', elasticsearch: { index: 'temporal_visibility_v1_a', external: { host: 'search.example.com', port: 443, username: 'temporal-prod' } } },
  { name: 'test', elasticsearch: { external: { host: '::1', tls: false, authentication: 'none' } } },
  { name: 'test', environments: {} },
  { name: 'test', environments: { development: {}, staging: { temporal: { replicas: 2 } } } },
  withApplication({}),
  withApplication({ namespace: 'other', retentionDays: 365, database: { migrate: './m.mjs' }, worker: { module: './w.js', env: { A_1: '' }, replicas: 100 } }),
  withApplication({ services: { bank: { url: 'https://bank.example.com' }, post: { module: './post.js', keepsFiles: true } } }),
  withApplication({ api: { module: './api.js', port: 8090 }, clients: { till: { scopes: ['shop:write'] } }, demo: { module: './demo.js', client: 'till' } }),
  withUser({ email: 'ada@example.com', permissions: ['temporal-system:admin'] }),
  inProduction({ applications: { shop: { services: { bank: { url: 'https://bank.example.com' } } } } }),
  inProduction({ applications: { shop: { contract: CONTRACT, worker: { replicas: 3 } } } }),
])('schema and checks accept %j', (document) => {
  expect({ schema: validate(document), checks: isRight(document) }).toEqual({ schema: true, checks: true })
})

test.each<object>([
  {},
  { name: 1 },
  { name: 'Test' },
  { name: 'test-' },
  { name: 'a'.repeat(41) },
  { name: 'test', other: 1 },
  { name: 'test', versions: { temporal: '1.0.0' } },
  { name: 'test', versions: { postgresql: 15 } },
  { name: 'test', temporal: { historyShards: 0 } },
  { name: 'test', temporal: { historyShards: 16_385 } },
  { name: 'test', temporal: { historyShards: 1.5 } },
  { name: 'test', temporal: { logLevel: 'warning' } },
  { name: 'test', temporal: { dynamicConfig: { a: [1] } } },
  { name: 'test', temporal: { connectionPool: { main: 1 } } },
  { name: 'test', webUi: null },
  { name: 'test', webUi: { enabled: 'true' } },
  { name: 'test', webUi: { port: 80 } },
  { name: 'test', postgresql: { maxConnections: '200' } },
  { name: 'test', postgresql: { external: {} } },
  { name: 'test', postgresql: { external: true } },
  { name: 'test', postgresql: { external: { host: 'postgres://db' } } },
  { name: 'test', postgresql: { external: { host: 'db', port: 70_000 } } },
  { name: 'test', postgresql: { external: { host: 'db', tls: true } } },
  { name: 'test', environments: { staging: { postgresql: { external: { tls: { trust: 'all' } } } } } },
  { name: 'test', elasticsearch: { external: {} } },
  { name: 'test', elasticsearch: { external: { host: 'search', authentication: 'token' } } },
  { name: 'test', elasticsearch: { external: { host: 'search', username: '' } } },
  { name: 'test', elasticsearch: { external: { host: 'search', tls: { trust: 'system-roots', serverName: 'other' } } } },
  { name: 'test', applications: [] },
  { name: 'test', applications: { Shop: application } },
  { name: 'test', applications: { shop: { worker: application.worker } } },
  { name: 'test', applications: { shop: { contract: CONTRACT } } },
  withApplication({ contract: {} }),
  withApplication({ contract: 'contract.ts' }),
  withApplication({ worker: { module: 'worker.js' } }),
  withApplication({ worker: { module: './worker.ts' } }),
  withApplication({ worker: { module: './worker.js', env: { lower: 'x' } } }),
  withApplication({ worker: { module: './worker.js', env: { A: 1 } } }),
  withApplication({ worker: { module: './worker.js', replicas: 0 } }),
  withApplication({ retentionDays: 0 }),
  withApplication({ services: { bank: { url: 'ftp://bank.example.com' } } }),
  withApplication({ services: { bank: { url: 'bank' } } }),
  withApplication({ api: { module: './api.js' }, clients: { till: { scopes: [] } } }),
  withUser({ email: 'ada', permissions: ['temporal-system:read'] }),
  withUser({ email: 'ada@example.com', permissions: [] }),
  withUser({ email: 'ada@example.com', permissions: ['temporal-system:owner'] }),
  withUser({ email: 'ada@example.com' }),
  { name: 'test', environments: { prod: {} } },
  { name: 'test', environments: { production: [] } },
  inProduction({ temporal: { historyShards: 0 } }),
  inProduction({ applications: { shop: { worker: { replicas: 101 } } } }),
  inProduction({ webUi: { prt: 8233 } }),
])('schema and checks refuse %j', (document) => {
  expect({ schema: validate(document), checks: isRight(document) }).toEqual({ schema: false, checks: false })
})

test.each<[why: string, document: object]>([
  ['one of two must be there', withApplication({ services: { bank: {} } })],
  ['a name of another part', withApplication({ api: { module: './api.js' }, demo: { module: './demo.js', client: 'till' } })],
  ['a scope of the contract', withApplication({ api: { module: './api.js' }, clients: { till: { scopes: ['other'] } } })],
  ['a user who is not shown', { name: 'test', elasticsearch: { external: { host: 'search', authentication: 'none', username: 'me' } } }],
  ['a heap of what is not run', { name: 'test', elasticsearch: { heapMebibytes: 512, external: { host: 'search' } } }],
  ['a namespace of the platform', withUser({ email: 'ada@example.com', permissions: ['other:read'] })],
  [
    'what an environment leaves out and the common part has not',
    { name: 'test', environments: { staging: { applications: { shop: { contract: CONTRACT } } } } },
  ],
])('only the checks can tell: %s', (_, document) => {
  expect({ schema: validate(document), checks: isRight(document) }).toEqual({ schema: true, checks: false })
})
