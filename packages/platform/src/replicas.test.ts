import { expect, test } from 'vitest'
import { renderGraph } from './graph.ts'
import { workloadsOf } from './model/plan.ts'
import { resolvePlatform } from './model/platform.ts'
import { makePlan } from './plan.ts'
import { withReplicas } from './replicas.ts'
import { input } from './testing/platform.ts'

const platform = resolvePlatform({ ...input, postgresql: { maxConnections: 1000 } }, 'development')
const scaled = (copies: Record<string, number>) => makePlan(withReplicas(platform, new Map(Object.entries(copies))))
const scales = (copies: Record<string, number>) =>
  Object.fromEntries(workloadsOf(scaled(copies)).flatMap(({ name, scale }) => (scale.replicas > 1 ? [[name, scale.replicas]] : [])))

test('names are workloads, or roles that only one of them has', () => {
  expect(scales({ history: 2, 'temporal-system-worker': 3, 'shop-worker': 4, api: 5 })).toEqual({
    'temporal-history': 2,
    'temporal-system-worker': 3,
    'shop-worker': 4,
    'shop-api': 5,
  })
})

test('what is not named keeps its number', () => {
  const production = resolvePlatform({ ...input, postgresql: { maxConnections: 1000 }, temporal: { replicas: 3 } }, 'production')
  expect(withReplicas(production, new Map([['history', 1]])).temporal.replicas).toEqual({
    frontend: 3,
    'internal-frontend': 3,
    history: 1,
    matching: 3,
    worker: 3,
  })
  expect(withReplicas(production, new Map())).toBe(production)
})

test('what depends on the numbers follows: connections, drains, the diagram', () => {
  expect(() => makePlan(withReplicas({ ...platform, postgresql: { ...platform.postgresql, maxConnections: 190 } }, new Map([['history', 2]])))).toThrow(
    /is 190, but Temporal's pools may open 180 \(6 processes/,
  )
  expect(dynamicConfig({})).not.toMatch('alignMembershipChange')
  expect(dynamicConfig({ history: 2 })).toMatch('history.alignMembershipChange')
  expect(dynamicConfig({ history: 2 })).not.toMatch(/matching\.align|frontend\.shutdown/)
  expect(dynamicConfig({ 'internal-frontend': 2 })).toMatch('frontend.shutdownFailHealthCheckDuration')
  expect(renderGraph(scaled({ 'shop-api': 2 }))).toMatch('shop_api[shop-api × 2]')
})

function dynamicConfig(copies: Record<string, number>): string {
  return JSON.stringify(workloadsOf(scaled(copies)).find(({ name }) => name === 'temporal-frontend')?.files['dynamic-config.yaml'])
}

test('says of every name and number that cannot be what is wrong', () => {
  expect(() => scaled({ histroy: 2, worker: 2, 'temporal-ui': 2, postgresql: 2, 'shop-api': 0, matching: 101 })).toThrowErrorMatchingInlineSnapshot(`
    [SundialError: What to run in several copies has 6 problems:

      histroy
        is nothing that can run in several copies; known: api, frontend, history, internal-frontend, matching, shop-api, shop-worker, temporal-frontend, temporal-history, temporal-internal-frontend, temporal-matching, temporal-system-worker
        → did you mean "history"?
      worker
        is a role of shop-worker and of temporal-system-worker
        → name one of them
      temporal-ui
        always runs in one copy
      postgresql
        always runs in one copy
      shop-api
        must be a whole number from 1 to 100; found 0
      matching
        must be a whole number from 1 to 100; found 101]
  `)
  const production = resolvePlatform(input, 'production')
  expect(() => withReplicas(production, new Map([['shop-bank', 2]]))).toThrow(/shop-bank\n.*is run by others/)
})

test('refuses copies of what people sign in to', () => {
  const shop = { ...input.applications.shop, encryption: true }
  const both = { ...input, applications: { shop }, codecServer: { replicas: 2 } }
  expect(() => makePlan(resolvePlatform(both, 'development'))).toThrow(
    /codecServer\.replicas\n.*is 2, but in this environment people sign in to temporal-codec/,
  )
  expect(workloadsOf(makePlan(resolvePlatform(both, 'production'))).find(({ name }) => name === 'temporal-codec')?.scale.replicas).toBe(2)
})

test('refuses copies of what keeps files', () => {
  expect(() => scaled({ 'shop-bank': 2 })).toThrow(/applications\.shop\.services\.bank\.replicas\n.*is 2, but shop-bank keeps files, which copies do not share/)
})
