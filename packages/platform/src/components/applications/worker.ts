import { endpoint, listen, secret, type Value } from '../../model/values.ts'
import type { Need, Port, Probe, Workload } from '../../model/workload.ts'
import { workload } from '../component.ts'
import { tracingAccess } from '../collector/names.ts'
import { temporalAccess } from '../temporal/access.ts'
import { IDENTITY } from '../identity/names.ts'
import { FRONTEND_SERVER_NAME } from '../temporal/names.ts'
import { databaseUse } from './database.ts'
import { encryptionUse } from './encryption.ts'
import { environmentPrefix, serviceKeySecret, serviceName, workerName, type Application } from './names.ts'

/** Health and metrics of one of our processes. */
export function operationsPort(number: number): { operations: Port } {
  return { operations: { number, protocol: 'http' } }
}
/** The program finds out by itself when these are there, and is stopped before them. */
export function waitsByItself(parties: readonly string[]): Need[] {
  return parties.map((party) => ({ party, until: 'none' }))
}
export const OPERATIONS_READY: Probe = { kind: 'http', port: 'operations', path: '/readyz' }

/** Copies that a cluster may run, where it may add some. */
export function upTo({ maxReplicas }: { readonly maxReplicas?: number | undefined }, by: 'cpu' | 'backlog'): Pick<Workload['scale'], 'upTo'> {
  return maxReplicas === undefined ? {} : { upTo: { copies: maxReplicas, by } }
}

/** What a worker needs after the grace for its activities: it gives up after 13 s, and says so before it is killed. */
const CLOSE_SECONDS = 15

export function workerWorkload(application: Application): Workload {
  const { name, settings, namespace, platform } = application
  const temporal = temporalAccess(platform, { id: workerName(name), namespace })
  const database = databaseUse(application)
  const { graceSeconds } = settings.worker
  const tracing = tracingAccess(platform)
  const services = Object.keys(settings.services)
  const ownServices = services.filter((service) => settings.services[service]?.url === undefined)
  return workload({
    name: workerName(name),
    component: name,
    area: 'product',
    description: `Runs the workflows and activities of ${name}`,
    roles: ['worker'],
    program: { kind: 'node', module: settings.worker.module },
    env: {
      ...temporal.env,
      ...tracing.env,
      ...database.env,
      ...encryptionUse(application),
      ...Object.assign({}, ...services.map((service) => serviceEnvironment(name, service))),
      OPERATIONS_ADDRESS: listen('operations'),
      WORKER_GRACE_SECONDS: String(graceSeconds),
      ...settings.worker.env,
    },
    ports: operationsPort(9095),
    certificates: temporal.certificates,
    calls: [...temporal.calls, ...tracing.calls, ...database.calls, ...services.map((service) => ({ party: serviceName(name, service), port: 'http' }))],
    // It is started with all the rest, and takes work when all that it uses is there: loading its code takes longer than most.
    needs: waitsByItself([
      FRONTEND_SERVER_NAME,
      IDENTITY,
      ...tracing.parties,
      ...database.parties,
      ...ownServices.map((service) => serviceName(name, service)),
    ]),
    ready: OPERATIONS_READY,
    stop: { graceSeconds: graceSeconds + CLOSE_SECONDS, handsOver: true },
    scale: { replicas: settings.worker.replicas, setting: ['applications', name, 'worker', 'replicas'], ...upTo(settings.worker, 'backlog') },
    resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '1000m', memory: '2Gi' } },
  })
}

/** Where a service of the application is, and the key that it asks for. */
function serviceEnvironment(application: string, service: string): Record<string, Value> {
  const prefix = environmentPrefix(service)
  return {
    [`${prefix}_URL`]: endpoint(serviceName(application, service), 'http', 'url'),
    [`${prefix}_API_KEY`]: secret(serviceKeySecret(application, service), 'api-key'),
  }
}
