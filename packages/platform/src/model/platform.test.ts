import { expect, test } from 'vitest'
import { input } from '../testing/platform.ts'
import { DiagnosticsError } from './diagnostics.ts'
import { configSchema, resolvePlatform } from './platform.ts'
import { knownVersions } from './versions.ts'

function problemsOf(broken: unknown): string {
  try {
    resolvePlatform(broken, 'development')
  } catch (error) {
    if (error instanceof DiagnosticsError) return error.message
    throw error
  }
  throw new Error('no problem was found')
}

test('fills defaults and lays the environment over the common settings', () => {
  const development = resolvePlatform(input, 'development')
  expect(development.temporal.historyShards).toBe(4)
  expect(development.temporal.connectionPool).toEqual({ main: 20, visibility: 10 })
  expect(development.versions.temporal).toBe(knownVersions('temporal')[0])
  expect(resolvePlatform(input, 'staging').temporal.historyShards).toBe(512)
})

test('lists every problem with its path, what is allowed, and a suggestion', () => {
  const broken = {
    name: 'Test Platform',
    versions: { temporal: '1.29.0' },
    postgresl: {},
    temporal: { historyShards: 0, loglevel: 'info', logLevel: 'warning' },
    identity: { users: { ada: { email: 'ada', permissions: ['shop:worker', 'shp:read'] } } },
    applications: { shop: { ...input.applications.shop, contract: {}, demo: { module: 'demo.ts', client: 'tils' }, worker: {} } },
    environments: { production: { temporal: { historyShards: 100_000 } }, prod: {} },
  }
  expect(problemsOf(broken)).toMatchInlineSnapshot(`
    "The configuration has 15 problems:

      name
        must be lower case letters, digits and dashes, at most 40, beginning with a letter; found "Test Platform"
      versions.temporal
        must be a known version: 1.32.1, 1.31.4, 1.30.9; found "1.29.0"
      temporal.historyShards
        must be at least 1; found 0
      temporal.logLevel
        is "warning"; allowed: debug, info, warn, error
      temporal.loglevel
        is not a setting
        → did you mean "logLevel"?
      identity.users.ada.email
        must be an e-mail address; found "ada"
      identity.users.ada.permissions[0]
        must be "<namespace>:<role>" with role read, write or admin, such as "orders:write"; found "shop:worker"
      applications.shop.contract
        must be a contract: the value of defineContract({ … }), or in YAML the path of its built module; found {}
      applications.shop.worker.module
        is missing; it must be a string
      applications.shop.demo.module
        must be a path from the configuration’s folder to a built module, such as "./apps/orders/dist/worker.js"; found "demo.ts"
      environments.prod
        is not a setting
        → did you mean "production"?
      postgresl
        is not a setting
        → did you mean "postgresql"?
      applications.shop.demo.client
        "tils" is not a client of this application; known: till
        → did you mean "till"?
      identity.users.ada.permissions[1]
        "shp" is not a namespace of this platform; known: shop, temporal-system
        → did you mean "shop"?
      environments.production.temporal.historyShards
        must be at most 16384; found 100000"
  `)
})

test('copies of Temporal’s roles are one number, or numbers by role', () => {
  const replicas = (given: unknown) => resolvePlatform({ ...input, environments: {}, temporal: { replicas: given } }, 'development').temporal.replicas
  const one = { frontend: 1, 'internal-frontend': 1, history: 1, matching: 1, worker: 1 }
  expect(replicas(undefined)).toEqual(one)
  expect(replicas(2)).toEqual({ frontend: 2, 'internal-frontend': 2, history: 2, matching: 2, worker: 2 })
  expect(replicas({ history: 3, 'internal-frontend': 2 })).toEqual({ ...one, history: 3, 'internal-frontend': 2 })
})

test.each([
  [0, /temporal\.replicas\n.*must be at least 1; found 0/],
  [101, /temporal\.replicas\n.*must be at most 100; found 101/],
  [{ history: 0 }, /temporal\.replicas\.history\n.*must be at least 1; found 0/],
  [{ histroy: 2 }, /temporal\.replicas\.histroy\n.*is not a setting\n.*did you mean "history"\?/],
  ['two', /temporal\.replicas\n.*must be a whole number, or numbers by role, such as { history: 2 }; found "two"/],
  [1.5, /temporal\.replicas\n.*must be a whole number, or numbers by role/],
])('refuses %j copies', (replicas, problem) => {
  expect(problemsOf({ ...input, temporal: { replicas } })).toMatch(problem)
})

test.each<[what: string, broken: object, problem: RegExp]>([
  ['no value', { name: 'test', webUi: null }, /  webUi\n    has no value\n    → give it one, or remove the key/],
  ['a number for text', { name: 'test', versions: { postgresql: 15 } }, /versions\.postgresql\n    must be a string; found 15\n    → write it in quotes: "15"/],
  ['text for a number', { name: 'test', webUi: { port: '8233' } }, /webUi\.port\n    must be a number; found "8233"$/],
  [
    'what only an environment has',
    { name: 'test', environments: { staging: { applications: { other: {} } } } },
    /environments\.staging\.applications\.other\.contract\n/,
  ],
  [
    'a key with a dot',
    { name: 'test', environments: { staging: { temporal: { dynamicConfig: { 'a.b': [] } } } } },
    /environments\.staging\.temporal\.dynamicConfig\["a\.b"\]\n/,
  ],
])('says what is wrong: %s', (_, broken, problem) => expect(problemsOf(broken)).toMatch(problem))

test('asks of a service that somebody runs it', () => {
  const neither = { ...input, applications: { shop: { ...input.applications.shop, services: { bank: {} } } }, environments: {} }
  expect(problemsOf(neither)).toContain('must say "module" (we run it) or "url" (somebody else does)')
})

test('knows the scopes of a contract', () => {
  const clients = { till: { scopes: ['shop:write', 'shop:wrte'] } }
  expect(problemsOf({ ...input, applications: { shop: { ...input.applications.shop, clients } } })).toMatch(
    /shop\.clients\.till\.scopes\[1\]\n.*"shop:wrte" is not a scope of the contract; known: shop:write\n.*did you mean "shop:write"/,
  )
})

test('says that callers need an API to call', () => {
  const { api: _api, ...shop } = input.applications.shop
  expect(problemsOf({ ...input, applications: { shop } })).toMatch(/shop\.demo\n.*for callers of the application’s API, and it has none[^]*shop\.clients\n/)
})

test('describes itself as JSON Schema: environments are partial', () => {
  const schema = configSchema() as { required: string[]; properties: { environments: { properties: Record<string, object> } } }
  expect(schema.required).toEqual(['name'])
  expect(Object.keys(schema.properties.environments.properties)).toEqual(['development', 'staging', 'production'])
  expect(JSON.stringify(schema.properties.environments.properties)).not.toContain('"required"')
})
