import type { ProcessStatus, SupervisorStatus } from '@sundial/local'
import { defineContract } from '@sundial/contract'
import { resolvePlatform, type EnvironmentName } from '@sundial/platform'
import type { Plan } from '@sundial/platform/model'
import { makePlan } from '@sundial/platform/plan'
import { z } from 'zod'

const shop = defineContract({
  name: 'shop',
  taskQueue: 'shop',
  workflows: { sell: { description: 'Sells', input: z.object({}), output: z.object({}), idempotency: 'once-per-id', access: { start: 'shop:write' } } },
  activities: {},
})

const INPUT = {
  name: 'corner-shop',
  versions: { temporal: '1.32.1', temporalUi: '2.55.0', postgresql: '15' },
  identity: { users: { ada: { email: 'ada@example.com', permissions: ['shop:write'] } } },
  applications: {
    shop: {
      contract: shop,
      database: { migrate: './apps/shop/dist/migrate.js' },
      worker: { module: './apps/shop/dist/worker.js' },
      api: { module: './apps/shop/dist/api.js' },
      services: { 'recommendations-of-the-week': { module: './apps/shop/dist/recommendations/main.js' } },
      clients: { till: { scopes: ['shop:write'] } },
    },
  },
  environments: {
    production: {
      postgresql: { maxConnections: 500, external: { host: 'shop.database.example.com', tls: { trust: 'system-roots' } } },
      temporal: { replicas: 3 },
      applications: { shop: { worker: { replicas: 12 } } },
    },
  },
}

/** A plan that does not change when the platform of this repository does. */
export function planOf(environment: EnvironmentName): Plan {
  return makePlan(resolvePlatform(INPUT, environment))
}

export const NOW = new Date('2026-02-03T12:34:56.000Z')

type Some = Pick<ProcessStatus, 'name'> & Partial<ProcessStatus>

export function processOf(some: Some): ProcessStatus {
  const known = {
    workload: some.name,
    component: 'shop',
    kind: 'service',
    state: 'ready',
    since: NOW.toISOString(),
    restarts: 0,
    ports: {},
    waitingFor: [],
  } as const
  return { ...known, logFile: `/srv/shop-of-ada/.sundial/development/logs/${some.name}.log`, ...some }
}

export function statusOf(state: SupervisorStatus['state'], processes: readonly Some[]): SupervisorStatus {
  return { state, pid: 4100, startedAt: '2026-02-03T10:29:50.000Z', processes: processes.map(processOf) }
}

const POSTGRESQL = { name: 'postgresql', pid: 4101, ports: { sql: 5432 } }
const JOB = { kind: 'job', state: 'completed' } as const
const HISTORY = { name: 'temporal-history', pid: 4105, ports: { grpc: 7234, membership: 6934, metrics: 9092 } }
const FRONTEND = { name: 'temporal-frontend', pid: 4104, ports: { grpc: 7233, membership: 6933, http: 7243, metrics: 9090 } }
const LONG = { name: 'shop-recommendations-of-the-week', pid: 4110, ports: { http: 8095 } }
const WORKER = { name: 'shop-worker', pid: 4109, ports: { operations: 9095 } }
const API = { name: 'shop-api', pid: 4112, ports: { http: 8090, operations: 9096 } }
const UI = { name: 'temporal-ui', pid: 4108, ports: { http: 8233 } }
const TASK = { name: 'shop-demo', kind: 'task', state: 'stopped' } as const

const NOT_TRUSTED =
  'GET http://127.0.0.1:9095/ready answers 503: {"status":"not ready","reasons":["the frontend at 127.0.0.1:7233 does not answer: 14 UNAVAILABLE: No connection established. Last error: Error: unable to verify the first certificate"]}'

export const STATUS = {
  ready: statusOf('ready', [POSTGRESQL, { name: 'temporal-schema', ...JOB }, FRONTEND, HISTORY, UI, WORKER, LONG, API, TASK]),
  starting: statusOf('starting', [
    POSTGRESQL,
    { name: 'temporal-schema', kind: 'job', state: 'starting', pid: 4102 },
    { ...FRONTEND, state: 'starting', waitingFor: [] },
    { name: 'temporal-history', state: 'waiting', waitingFor: ['temporal-schema', 'temporal-visibility-schema', 'postgresql'] },
    { name: LONG.name, state: 'waiting', waitingFor: ['temporal-namespaces'] },
  ]),
  degraded: statusOf('degraded', [
    POSTGRESQL,
    { ...FRONTEND, restarts: 2 },
    { name: 'temporal-history', state: 'restarting', restarts: 14, problem: 'was ended by SIGKILL' },
    { ...WORKER, state: 'not-ready', problem: NOT_TRUSTED },
    LONG,
  ]),
  failed: statusOf('failed', [
    POSTGRESQL,
    { name: 'temporal-schema', kind: 'job', state: 'failed', problem: 'ended with code 1' },
    { name: 'temporal-history', state: 'waiting', waitingFor: ['temporal-schema'] },
  ]),
  stopped: statusOf('stopped', [{ name: 'postgresql', state: 'stopped' }, TASK]),
  task: statusOf('ready', [POSTGRESQL, { ...TASK, state: 'starting', pid: 4200 }]),
  many: statusOf('ready', [
    { name: 'temporal-frontend', pid: 4299, ports: { grpc: 7233 }, balances: ['temporal-frontend-1', 'temporal-frontend-2'] },
    ...Array.from({ length: 12 }, (_, index) => ({
      name: `shop-worker-${index + 1}`,
      workload: 'shop-worker',
      pid: 4300 + index,
      ports: { operations: 9200 + index },
    })),
  ]),
}
