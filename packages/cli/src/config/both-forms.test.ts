import { join } from 'node:path'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { loadConfig } from './load-config.ts'
import { problemsOf } from './plan-of.ts'
import { temporaryProject } from './project.fixture.ts'

const CONTRACT = './contract.js'
const application = {
  contract: CONTRACT,
  worker: { module: './worker.js' },
  api: { module: './api.js' },
  clients: { till: { scopes: ['shop:write'] } },
  demo: { module: './demo.js', client: 'till' },
}
const withApplication = (change: object) => ({ name: 'test', applications: { shop: { ...application, ...change } } })

/** What is wrong, and where YAML shows it: the value, or the key if the key is wrong, or the nearest that is written. */
const cases: readonly [input: object, expected: Readonly<Record<string, string>>][] = [
  [{}, { name: '{}' }],
  [{ name: 'Test Platform' }, { name: 'Test Platform' }],
  [{ name: 'test', postgresl: {} }, { postgresl: 'postgresl' }],
  [{ name: 'test', versions: { postgresql: 15 } }, { 'versions.postgresql': '15' }],
  [{ name: 'test', versions: { temporal: '1.29.0' } }, { 'versions.temporal': '1.29.0' }],
  [{ name: 'test', webUi: null }, { webUi: 'null' }],
  [{ name: 'test', webUi: { enabled: 'yes' } }, { 'webUi.enabled': 'yes' }],
  [{ name: 'test', webUi: { port: 80 } }, { 'webUi.port': '80' }],
  [{ name: 'test', temporal: { historyShards: 1.5 } }, { 'temporal.historyShards': '1.5' }],
  [{ name: 'test', temporal: { logLevel: 'warning' } }, { 'temporal.logLevel': 'warning' }],
  [{ name: 'test', temporal: { dynamicConfig: { 'frontend.rps': [1] } } }, { 'temporal.dynamicConfig["frontend.rps"]': 'frontend.rps' }],
  [{ name: 'test', postgresql: { maxConnections: 100 } }, { 'postgresql.maxConnections': '100' }],
  [
    { name: 'test', identity: { users: { ada: { email: 'ada', permissions: ['test:read'] } } } },
    {
      'identity.users.ada.email': 'ada',
      'identity.users.ada.permissions[0]': 'test:read',
    },
  ],
  [{ name: 'test', identity: { users: { Ada: { email: 'ada@example.com', permissions: ['temporal-system:read'] } } } }, { 'identity.users.Ada': 'Ada' }],
  [withApplication({ worker: {} }), { 'applications.shop.worker.module': '{}' }],
  [withApplication({ worker: { module: './worker.ts' } }), { 'applications.shop.worker.module': './worker.ts' }],
  [withApplication({ worker: { module: './worker.js', env: { path: 'x' } } }), { 'applications.shop.worker.env.path': 'path' }],
  [withApplication({ services: { bank: {} } }), { 'applications.shop.services.bank': '{}' }],
  [withApplication({ demo: { module: './demo.js', client: 'tils' } }), { 'applications.shop.demo.client': 'tils' }],
  [withApplication({ clients: { till: { scopes: ['shop:wrte'] } } }), { 'applications.shop.clients.till.scopes[0]': 'shop:wrte' }],
  [{ name: 'test', environments: { prod: {} } }, { 'environments.prod': 'prod' }],
  [{ name: 'test', environments: { production: { temporal: { historyShards: 0 } } } }, { 'environments.production.temporal.historyShards': '0' }],
  [
    { name: 'test', environments: { staging: { applications: { shop: { contract: CONTRACT } } } } },
    {
      'environments.staging.applications.shop.worker': 'shop',
    },
  ],
  // Found by the plan, in one environment only.
  [{ name: 'test', environments: { production: { temporal: { replicas: 3 } } } }, { 'postgresql.maxConnections': '' }],
  [{ name: 'test', environments: { production: { temporal: { replicas: 3 }, postgresql: { maxConnections: 300 } } } }, { 'postgresql.maxConnections': '300' }],
]

test.each(cases)('%j has the same problems in both forms, each with its place', async (input, expected) => {
  const fromYaml = await problemsIn('sundial.config.yaml', stringify(input))
  const text = JSON.stringify(input, undefined, 2).replaceAll(JSON.stringify(CONTRACT), 'shop')
  const fromTypescript = await problemsIn('sundial.config.ts', `import { shop } from './contract.js'\nexport default ${text}\n`)
  expect(fromYaml.problems.map(({ path }) => path)).toEqual(Object.keys(expected))
  expect(fromTypescript.problems).toEqual(fromYaml.problems)
  for (const places of [fromYaml.places, fromTypescript.places])
    expect(places.map((place, index) => place.slice(0, Object.values(expected)[index]?.length))).toEqual(Object.values(expected))
})

/** What is said, and the lines at each place without their quotes. */
async function problemsIn(name: string, text: string) {
  const folder = await temporaryProject({ [name]: text })
  const problems = await problemsOf(await loadConfig({ folder, configFile: join(folder, name) }))
  return {
    problems: problems.map((problem) => ({ ...problem, location: undefined })),
    places: problems.map(({ location }) => {
      expect(location?.file.endsWith(`/${name}`)).toBe(true)
      const { line, column } = location ?? { line: 0, column: 0 }
      return text
        .split('\n')
        .slice(line - 1)
        .join('\n')
        .slice(column - 1)
        .replaceAll(/["']/g, '')
    }),
  }
}
