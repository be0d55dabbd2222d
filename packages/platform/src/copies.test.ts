import { describe, expect, test } from 'vitest'
import type { PlatformInput } from './model/input.ts'
import { resolvePlatform } from './model/platform.ts'
import { makePlan } from './plan.ts'
import { processPorts, renderProcesses } from './render.ts'
import { withReplicas } from './replicas.ts'
import type { BalancerConfiguration, ProcessPlan, Tree } from './targets/process/process-plan.ts'
import { input } from './testing/platform.ts'

/** Rendered with ports that say whose they are: counted up in the order in which they are asked for. */
function render(copies: Record<string, number>, over: PlatformInput = input): ProcessPlan & { port(key: string): number } {
  const plan = makePlan(withReplicas(resolvePlatform({ ...over, postgresql: { maxConnections: 1000 } }, 'development'), new Map(Object.entries(copies))))
  const ports = Object.fromEntries(processPorts(plan).map(({ key }, index) => [key, 10_000 + index]))
  const machine = { projectFolder: '/project', stateFolder: '/state', ports, resolveModule: (specifier: string) => `/modules/${specifier}.js` }
  return { ...renderProcesses(plan, machine), port: (key) => ports[key] ?? NaN }
}

const rendered = render({ history: 2, frontend: 3, 'shop-api': 2, 'shop-worker': 2 })
const process = (name: string) => rendered.processes.find((candidate) => candidate.name === name)!
const configuration = (name: string, file = 0) => process(name).files[file]?.content as { [key: string]: any }

test('one copy of each is what it was before copies: no number, no balancer', () => {
  const { processes } = render({})
  expect(processes.map(({ name }) => name).filter((name) => /-\d$/.test(name))).toEqual([])
  expect(processes.filter(({ balances }) => balances)).toEqual([])
  expect(processes.filter(({ kind }) => kind === 'service').every(({ name, workload }) => name === workload)).toBe(true)
})

test('a copy of history that may have no shard is not asked whether it has all of them', () => {
  const readiness = (historyShards: number) => {
    const { processes } = render({ history: 2 }, { ...input, environments: { development: { temporal: { historyShards } } } })
    return processes.find(({ name }) => name === 'temporal-history-1')?.ready?.kind
  }
  expect([8, 31, 32].map(readiness)).toEqual(['tcp', 'tcp', 'grpc'])
})

describe('a copy', () => {
  test('has a number, and its own ports, configuration and certificates', () => {
    const [first, second] = [process('temporal-history-1'), process('temporal-history-2')]
    expect(process('temporal-history')).toBeUndefined()
    expect(second).toMatchObject({
      workload: 'temporal-history',
      kind: 'service',
      env: { TEMPORAL_SERVER_CONFIG_FILE_PATH: '/state/config/temporal-history-2/temporal.yaml' },
    })
    expect(numbers(second.ports).filter((number) => numbers(first.ports).includes(number))).toEqual([])
    expect(configuration('temporal-history-2')['services'].history.rpc).toMatchObject({
      grpcPort: rendered.port('temporal-history-2.grpc'),
      membershipPort: rendered.port('temporal-history-2.membership'),
      bindOnIP: '127.0.0.1',
    })
    expect(configuration('temporal-history-2')['global'].tls.internode.server.certFile).toBe('/state/certificates/temporal-history-2/internode.crt')
    expect(rendered.certificates.find(({ name }) => name === 'temporal-history-2-internode')).toMatchObject({
      commonName: 'temporal-history-2',
      dnsNames: ['temporal-internode', 'temporal-history'],
    })
  })

  test('has the numbers of the workload itself, if it is the first and no balancer has them: they stay when copies come and go', () => {
    expect(process('temporal-history-1').ports['membership']?.number).toBe(rendered.port('temporal-history.membership'))
    expect(process('temporal-frontend-1').ports['membership']?.number).toBe(rendered.port('temporal-frontend.membership'))
    expect(process('temporal-frontend-1').ports['grpc']?.number).toBe(rendered.port('temporal-frontend-1.grpc'))
    expect(configuration('temporal-matching')['services'].history.rpc.grpcPort).toBe(rendered.port('temporal-history.grpc'))
  })

  test('is asked for its own health, with its own certificate', () => {
    expect(process('temporal-frontend-3').ready).toMatchObject({
      address: `127.0.0.1:${rendered.port('temporal-frontend-3.grpc')}`,
      tls: { serverName: 'temporal-frontend', certFile: '/state/certificates/temporal-frontend-3/client.crt' },
    })
  })

  test('of a job there is one', () => {
    expect(rendered.processes.filter(({ kind }) => kind !== 'service').every(({ name }) => !/-\d$/.test(name))).toBe(true)
  })
})

describe('a balancer', () => {
  test('stands where others dial a workload, and nowhere else: the ring finds history, and nobody dials a worker', () => {
    expect(rendered.processes.flatMap(({ name, balances }) => (balances ? [[name, balances]] : []))).toEqual([
      ['temporal-frontend', ['temporal-frontend-1', 'temporal-frontend-2', 'temporal-frontend-3']],
      ['shop-api', ['shop-api-1', 'shop-api-2']],
    ])
  })

  test('listens at the addresses that others know, and knows those of the copies', () => {
    expect(Object.keys(process('temporal-frontend').ports)).toEqual(['grpc', 'http', 'balancer'])
    const { health, ports, backends } = configuration('temporal-frontend') as BalancerConfiguration
    const at = (port: string) => ({ host: '127.0.0.1', port: rendered.port(port) })
    expect({ health, ports }).toEqual({
      health: at('temporal-frontend.balancer'),
      ports: { grpc: at('temporal-frontend.grpc'), http: at('temporal-frontend.http') },
    })
    expect(backends.map(({ name }) => name)).toEqual(['temporal-frontend-1', 'temporal-frontend-2', 'temporal-frontend-3'])
    expect(backends[1]).toEqual({
      name: 'temporal-frontend-2',
      ports: { grpc: at('temporal-frontend-2.grpc'), http: at('temporal-frontend-2.http') },
      ready: process('temporal-frontend-2').ready,
    })
    expect(process('shop-worker-2').env['TEMPORAL_ADDRESS']).toBe(`127.0.0.1:${rendered.port('temporal-frontend.grpc')}`)
    expect(configuration('temporal-history-1')['clusterMetadata'].clusterInformation.active.rpcAddress).toBe(
      `127.0.0.1:${rendered.port('temporal-frontend.grpc')}`,
    )
    expect(process('shop-demo').env['API_URL']).toBe(`http://127.0.0.1:${rendered.port('shop-api.http')}`)
  })

  test('asks for its ports before the copies do: theirs may be any', () => {
    const plan = makePlan(withReplicas(resolvePlatform(input, 'development'), new Map([['shop-api', 2]])))
    const keys = processPorts(plan).map(({ key }) => key)
    expect(keys.filter((key) => key.startsWith('shop-api'))).toEqual([
      'shop-api.http',
      'shop-api.balancer',
      'shop-api-1.http',
      'shop-api.operations',
      'shop-api-2.http',
      'shop-api-2.operations',
    ])
  })

  test('is stopped before the copies, and after all that dial it', () => {
    expect(process('temporal-frontend').needs).toEqual([{ anyOf: ['temporal-frontend-1', 'temporal-frontend-2', 'temporal-frontend-3'], until: 'started' }])
    expect(process('temporal-namespaces').needs).toContainEqual({ anyOf: ['temporal-frontend'], until: 'none' })
  })

  test('has no secret in its configuration', () => {
    expect(JSON.stringify(configuration('temporal-frontend') as Tree)).not.toContain('"secret"')
  })
})

test('whoever needs copies without a balancer is content with one of them', () => {
  expect(process('temporal-history-1').needs.every(({ anyOf }) => anyOf.length === 1)).toBe(true)
  expect(process('temporal-frontend-1').needs).toContainEqual({ anyOf: ['temporal-history-1', 'temporal-history-2'], until: 'once-started' })
  expect(process('shop-demo').needs).toContainEqual({ anyOf: ['shop-worker-1', 'shop-worker-2'], until: 'ready' })
})

test('refuses a name that is also that of a copy', () => {
  const services = { ...input.applications.shop.services, 'api-2': { module: './dist/second.js' } }
  const over = { ...input, applications: { shop: { ...input.applications.shop, services } } }
  expect(() => render({ 'shop-api': 2 }, over)).toThrow('two processes would have the same name: shop-api-2')
  expect(render({}, over).processes.some(({ name }) => name === 'shop-api-2')).toBe(true)
})

function numbers(ports: Readonly<Record<string, { readonly number: number }>>): number[] {
  return Object.values(ports).map(({ number }) => number)
}
