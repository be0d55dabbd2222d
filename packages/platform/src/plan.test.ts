import { describe, expect, test } from 'vitest'
import { renderGraph } from './graph.ts'
import { checkPlan } from './model/check.ts'
import type { PlatformInput } from './model/input.ts'
import { workloadsOf, type Plan } from './model/plan.ts'
import { resolvePlatform } from './model/platform.ts'
import { certificate, configFile, endpoint, listen, publicUrl, secret, volume } from './model/values.ts'
import type { Workload } from './model/workload.ts'
import { planDocument } from './plan-document.ts'
import { makePlan } from './plan.ts'
import { input } from './testing/platform.ts'

const plan = makePlan(resolvePlatform(input, 'development'))

test('is the same every time, and plain data', () => {
  expect(makePlan(resolvePlatform(input, 'development'))).toEqual(plan)
  expect(JSON.parse(JSON.stringify(planDocument(plan)))).toMatchObject({ platform: { name: 'test', environment: 'development' } })
})

test('gives an internode certificate to Temporal’s own processes only', () => {
  const holders = workloadsOf(plan).filter((workload) => workload.certificates.some(({ domain }) => domain === 'internode'))
  expect(holders.map(({ name }) => name)).toEqual([
    'temporal-frontend',
    'temporal-history',
    'temporal-internal-frontend',
    'temporal-matching',
    'temporal-system-worker',
  ])
})

test('lets only Temporal’s own processes call history, matching and the internal frontend', () => {
  const internal = ['temporal-history', 'temporal-matching', 'temporal-internal-frontend']
  const callers = new Set(plan.connections.filter(({ to, port }) => internal.includes(to) && port === 'grpc').map(({ from }) => from))
  expect([...callers].toSorted()).toEqual([
    'temporal-frontend',
    'temporal-history',
    'temporal-internal-frontend',
    'temporal-matching',
    'temporal-system-worker',
  ])
  expect(
    plan.connections.filter(({ to, port }) => internal.includes(to) && port === 'grpc').every(({ tls, domain }) => tls === 'mutual' && domain === 'internode'),
  ).toBe(true)
})

test('asks every caller of the frontend for a certificate and a token', () => {
  const connections = plan.connections.filter(({ to, port }) => to === 'temporal-frontend' && port === 'grpc')
  expect(connections.map(({ from }) => from)).toEqual(['shop-api', 'shop-worker', 'temporal-namespaces', 'temporal-ui'])
  expect(connections.every(({ tls, authentication }) => tls === 'mutual' && authentication === 'token')).toBe(true)
})

test('has an outside service where one is named, and its key is given by people', () => {
  const production = makePlan(resolvePlatform(input, 'production'))
  expect(production.parties.find(({ name }) => name === 'shop-bank')).toMatchObject({
    kind: 'external',
    ports: { http: { number: 443, host: 'bank.example.com' } },
  })
  expect(production.secrets.find(({ name }) => name === 'shop-bank-key')?.keys).toEqual({ 'api-key': 'given' })
  expect(workloadsOf(production).find(({ name }) => name === 'shop-worker')?.env['BANK_URL']).toEqual(endpoint('shop-bank', 'http', 'url'))
})

test('asks the worker service for its health only where the version answers', () => {
  const ready = (temporal: string) =>
    workloadsOf(makePlan(resolvePlatform({ ...input, versions: { temporal } }, 'development'))).find(({ name }) => name === 'temporal-system-worker')?.ready
      ?.kind
  expect([ready('1.32.1'), ready('1.30.9')]).toEqual(['grpc', 'tcp'])
})

test('refuses pools that the database cannot serve', () => {
  const small: PlatformInput = { ...input, postgresql: { maxConnections: 100 } }
  expect(() => makePlan(resolvePlatform(small, 'development'))).toThrow(/postgresql\.maxConnections\n.*is 100, but Temporal's pools may open 150/)
})

test.each([
  ['postgres', 'is a name of PostgreSQL’s own'],
  ['temporal', 'two parts of the platform have a database of this name'],
])('refuses an application that would share a database or a role with the platform: %s', (name, problem) => {
  const { demo: _demo, ...shop } = input.applications.shop
  expect(() => makePlan(resolvePlatform({ ...input, identity: {}, environments: {}, applications: { [name]: shop } }, 'development'))).toThrow(problem)
})

test('refuses a client whose id another program has', () => {
  const { demo: _demo, ...shop } = { ...input.applications.shop, clients: { worker: { scopes: ['shop:write'] } } }
  expect(() => makePlan(resolvePlatform({ ...input, environments: {}, applications: { shop } }, 'development'))).toThrow(
    /shop-worker\n.*two programs have this client id/,
  )
})

test('is drawn from its connections: every arrow is one, and every connection has one', () => {
  const graph = renderGraph(plan)
  const arrows = [...graph.matchAll(/^ {2}(\w+) (<?)-->\|.*\| (\w+)$/gm)].flatMap(([, from, both, to]) =>
    both ? [`${from} ${to}`, `${to} ${from}`] : [`${from} ${to}`],
  )
  const drawn = plan.connections.filter(({ from }) => from !== 'shop-demo').map(({ from, to }) => `${from} ${to}`.replaceAll('-', '_'))
  expect([...new Set(arrows)].sort()).toEqual([...new Set(drawn)].sort())
})

describe('the checks find exactly what is wrong', () => {
  const cases: readonly [name: string, change: (worker: Workload) => Partial<Workload>, expected: string][] = [
    [
      'a call to nobody',
      ({ calls }) => ({ calls: [...calls, { party: 'temporal-frontnd', port: 'grpc' }] }),
      'calls "temporal-frontnd" at port "grpc", which nobody offers',
    ],
    ['a call to no port', ({ calls }) => ({ calls: [...calls, { party: 'shop-api', port: 'grpc' }] }), 'calls "shop-api" at port "grpc", which nobody offers'],
    [
      'a call without the certificate',
      ({ calls }) => ({ calls: [...calls, { party: 'temporal-history', port: 'grpc' }] }),
      'without a client certificate of the domain "internode"',
    ],
    ['a need of nobody', ({ needs }) => ({ needs: [...needs, { party: 'nobody', until: 'ready' }] }), 'needs "nobody", which is not part of the platform'],
    [
      'waiting for a service to complete',
      ({ needs }) => ({ needs: [...needs, { party: 'shop-api', until: 'completed' }] }),
      'waits until "shop-api" is completed, which is not a job',
    ],
    ['a cycle', ({ needs }) => ({ needs: [...needs, { party: 'shop-worker', until: 'ready' }] }), 'needs itself: shop-worker → shop-worker'],
    [
      'an address without a call',
      ({ env }) => ({ env: { ...env, X: endpoint('shop-api', 'http') } }),
      'refers to "shop-api" port "http", which is not among its calls',
    ],
    [
      'a secret that nothing makes',
      ({ env }) => ({ env: { ...env, X: secret('shop-database', 'user') } }),
      'refers to the secret "shop-database" key "user", which nothing makes',
    ],
    [
      'a certificate that it lacks',
      ({ env }) => ({ env: { ...env, X: certificate('database').certFile } }),
      'refers to a certificate of "database" that the workload does not have',
    ],
    ['a volume that it lacks', ({ env }) => ({ env: { ...env, X: volume('data') } }), 'refers to the volume "data" that the workload does not have'],
    [
      'a public address of nobody',
      ({ env }) => ({ env: { ...env, X: publicUrl('shop-api', 'grpc') } }),
      'refers to "shop-api" port "grpc", which nobody offers',
    ],
    [
      'a port number of nobody',
      ({ env }) => ({ env: { ...env, X: endpoint('shop-apj', 'http', 'port') } }),
      'refers to "shop-apj" port "http", which nobody offers',
    ],
    ['listening at no port', ({ env }) => ({ env: { ...env, X: listen('http') } }), 'listens at port "http", which the workload does not have'],
    ['a file that it lacks', ({ env }) => ({ env: { ...env, X: configFile('a.yaml') } }), 'refers to the file "a.yaml" that the workload does not have'],
    ['a probe of no port', () => ({ ready: { kind: 'tcp', port: 'http' } }), 'asks port "http", which the workload does not have'],
    ['a service without a probe', () => ({ ready: undefined }), 'a service must say when it is ready'],
    ['copies of what keeps files', () => ({ scale: { replicas: 2 }, volumes: ['data'] }), 'is 2, but shop-worker keeps files, which copies do not share'],
    ['two of one name', () => ({ name: 'shop-demo', runs: 'task', ready: undefined }), 'two parts of the platform have this name'],
  ]
  test.each(cases)('%s', (_, change, expected) => {
    const parties = plan.parties.map((party) => (party.kind === 'workload' && party.name === 'shop-worker' ? { ...party, ...change(party) } : party))
    const problems = checkPlan({ ...plan, parties } satisfies Plan)
    // A renamed worker is missed by the demonstration, which needs it.
    const missed = 'needs "shop-worker"'
    expect(problems.map(({ message }) => message).filter((message) => !message.startsWith(missed))).toEqual([expect.stringContaining(expected)])
  })
  test('and nothing in a plan that is right', () => expect(checkPlan(plan)).toEqual([]))
})
