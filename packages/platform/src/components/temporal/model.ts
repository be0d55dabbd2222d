import type { Platform } from '../../model/platform.ts'
import { databasePassword } from '../../model/database-login.ts'
import type { Database } from '../../model/resources.ts'
import { configFile } from '../../model/values.ts'
import type { CertificateNeed, Probe, Workload } from '../../model/workload.ts'
import { temporalCapabilities } from '../../model/versions.ts'
import { TEMPORAL_ROLES, type TemporalRole } from '../../model/settings/temporal-copies.ts'
import { workload, type Component } from '../component.ts'
import { IDENTITY, keys } from '../identity/names.ts'
import { POSTGRESQL } from '../postgresql/names.ts'
import { checkConnectionBudget } from './connection-budget.ts'
import { dynamicConfig } from './dynamic-config.ts'
import { externalTemporal } from './external.ts'
import { DATABASE_OWNER, DATABASE_SECRET, MAIN_DATABASE, TEMPORAL } from './names.ts'
import { namespacesClients, namespacesJob } from './namespaces-job.ts'
import { callsOf, portsOf, ROLES } from './roles.ts'
import { schemaJob, schemaJobName } from './schema-job.ts'
import { serverConfig } from './server-config.ts'
import { checkSearchAttributes, visibilityStore } from './visibility.ts'

/** Roles that the others call to the end. */
const STOPPED_LAST: ReadonlySet<TemporalRole> = new Set(['history', 'matching'])

/** Roles that clients and workers have no use for; a namespace with search attributes has one for the internal frontend until these are made. */
const STARTED_LAST: ReadonlySet<TemporalRole> = new Set(['internal-frontend', 'worker'])

const MAIN: Database = { name: MAIN_DATABASE, owner: DATABASE_OWNER, secret: DATABASE_SECRET, extensions: [] }

export const temporal: Component = {
  name: TEMPORAL,
  contribute(platform) {
    const { external } = platform.temporal
    if (external) return externalTemporal(platform, external)
    const server = TEMPORAL_ROLES.map((role) => serverWorkload(role, platform))
    const visibility = visibilityStore(platform)
    const jobs = [schemaJob('main', platform), visibility.job, namespacesJob(platform)]
    return {
      parties: [...server, ...jobs],
      secrets: [databasePassword(platform, MAIN)],
      databases: [MAIN, ...visibility.databases],
      check: (plan) => [...checkConnectionBudget(plan), ...checkSearchAttributes(plan)],
      fixedSettings: { 'temporal.historyShards': platform.temporal.historyShards },
      dataSettings: {
        'temporal.visibility': {
          value: platform.temporal.visibility,
          ifChanged:
            'Workflows go on, but lists and searches begin empty: what was recorded until now stays in the old store. A workflow that runs is listed again with its next change; one that has ended is listed only after a switch back.',
        },
      },
      clients: namespacesClients(platform),
    }
  },
}

function serverWorkload(role: TemporalRole, platform: Platform): Workload {
  const { workload: name, description } = ROLES[role]
  const isFrontend = role === 'frontend'
  const visibility = visibilityStore(platform)
  const internode: CertificateNeed = { domain: 'internode', usages: ['server', 'client'] }
  // The frontend asks its own health with its certificate, so it may be a client too.
  const client: CertificateNeed = { domain: 'client', usages: ['server', 'client'] }
  return workload({
    name,
    component: TEMPORAL,
    area: 'backend',
    description,
    roles: [role],
    ...(STARTED_LAST.has(role) && { startsLast: true }),
    program: { kind: 'released', name: 'temporal', version: platform.versions.temporal, command: 'temporal-server' },
    args: ['start', '--service', role],
    env: { TEMPORAL_SERVER_CONFIG_FILE_PATH: configFile('temporal.yaml') },
    files: {
      'temporal.yaml': { format: 'yaml', content: serverConfig(role, platform) },
      'dynamic-config.yaml': { format: 'yaml', content: dynamicConfig(platform), reloadedFrom: 'temporal-dynamic-config' },
    },
    ports: portsOf(role),
    certificates: isFrontend ? [internode, client] : [internode],
    calls: [
      ...callsOf(role),
      { party: POSTGRESQL, port: 'sql' },
      ...(visibility.call.party === POSTGRESQL ? [] : [visibility.call]),
      ...(isFrontend ? [keys(platform).call] : []),
    ],
    needs: [
      { party: schemaJobName('main'), until: 'completed' },
      { party: visibility.job.name, until: 'completed' },
      // Its first fetch of the keys is not repeated before the refresh interval. They are there as soon as the provider answers at all.
      ...(isFrontend ? [{ party: IDENTITY, until: 'started' } as const] : []),
      // The first process of a new cluster writes the cluster's own record, and one that comes too late to write it ends: history is the first.
      // The others call it and matching to the end, so these are stopped last.
      ...(role === 'history' ? [] : [{ party: ROLES.history.workload, until: 'once-started' } as const]),
      ...(STOPPED_LAST.has(role) ? [] : [{ party: ROLES.matching.workload, until: 'none' } as const]),
      ...(role === 'worker' ? [{ party: ROLES['internal-frontend'].workload, until: 'ready' } as const] : []),
    ],
    ready: readyProbe(role, platform),
    stop: { graceSeconds: 30 },
    scale: { replicas: platform.temporal.replicas[role], setting: ['temporal', 'replicas', role], ...upTo(role, platform) },
    resources: { requests: { cpu: '1000m', memory: '2Gi' }, limits: { cpu: '2000m', memory: '4Gi' } },
  })
}

function upTo(role: TemporalRole, { temporal: { maxReplicas } }: Platform): Pick<Workload['scale'], 'upTo'> {
  const copies = role === 'frontend' || role === 'matching' ? maxReplicas[role] : undefined
  return copies === undefined ? {} : { upTo: { copies, by: 'cpu' } }
}

/** A copy of history to which the ring gives no shard serves, and never calls itself healthy. Of 16 shards for each copy and more, every copy gets some. */
function mayHaveNoShard({ temporal: { historyShards, replicas } }: Platform): boolean {
  return replicas.history > 1 && historyShards < 16 * replicas.history
}

function readyProbe(role: TemporalRole, platform: Platform): Probe {
  if (role === 'worker' && !temporalCapabilities(platform.versions.temporal).systemWorkerHealth) return { kind: 'tcp', port: 'membership' }
  if (role === 'history' && mayHaveNoShard(platform)) return { kind: 'tcp', port: 'grpc' }
  return { kind: 'grpc', port: 'grpc', service: ROLES[role].health }
}
