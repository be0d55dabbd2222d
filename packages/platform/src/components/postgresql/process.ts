import { bindHost, certificate, configFile, endpoint, listen, secretFile, trustBundle, volume } from '../../model/values.ts'
import type { Plan } from '../../model/plan.ts'
import type { ConfigTree } from '../../model/workload.ts'
import type { ProcessAdapter } from '../../targets/process/adapter.ts'
import { workload } from '../component.ts'
import { POSTGRESQL, SUPERUSER_SECRET } from './names.ts'

const DATABASES = 'postgresql-databases'
const SUPERUSER = 'postgres'

/** On a laptop: one server process, which makes its data folder first, and a job that makes roles and databases. */
export const postgresqlProcesses: ProcessAdapter = {
  service: POSTGRESQL,
  adapt(service, plan) {
    const common = { component: POSTGRESQL, area: service.area } as const
    const server = workload({
      ...common,
      name: POSTGRESQL,
      description: service.description,
      program: { kind: 'released', name: 'postgresql', version: plan.platform.versions.postgresql, command: 'postgres' },
      // Its settings are in its file: with others it is another job.
      init: [{ name: 'init', lasting: true, program: { kind: 'node', module: '@sundial/local/postgresql-init' }, args: [configFile('init.json')] }],
      args: ['-D', volume(POSTGRESQL)],
      files: { 'init.json': { format: 'json', content: serverSettings(plan) } },
      volumes: [POSTGRESQL],
      ports: service.ports,
      certificates: service.certificates,
      ready: { kind: 'tcp', port: 'sql' },
      reload: 'SIGHUP',
      // A fast shutdown: it does not wait for clients to leave.
      stop: { signal: 'SIGINT', graceSeconds: 30 },
    })
    const databases = workload({
      ...common,
      name: DATABASES,
      runs: 'job',
      lasting: true,
      description: 'Makes roles and databases',
      program: { kind: 'node', module: '@sundial/local/postgresql-setup' },
      args: [configFile('databases.json')],
      files: { 'databases.json': { format: 'json', content: databaseSettings(plan) } },
      calls: [{ party: POSTGRESQL, port: 'sql' }],
      needs: [{ party: POSTGRESQL, until: 'ready' }],
    })
    return { workloads: [server, databases], ready: { party: DATABASES, until: 'completed' } }
  },
}

function serverSettings({ platform, databases }: Plan): ConfigTree {
  return {
    major: Number(platform.versions.postgresql),
    dataFolder: volume(POSTGRESQL),
    superuser: SUPERUSER,
    passwordFile: secretFile(SUPERUSER_SECRET, 'password'),
    roles: [...new Map(databases.map(({ owner, secret }) => [owner, secret]))].map(([name, secret]) => ({
      name,
      passwordFile: secretFile(secret, 'password'),
    })),
    listen: bindHost,
    port: listen('sql', 'port'),
    ...certificate('database'),
    settings: {
      max_connections: String(platform.postgresql.maxConnections),
      // Fewer full-page images in the log: checkpoints by time, not by size, at a laptop's load.
      max_wal_size: '2GB',
      checkpoint_timeout: '15min',
      shared_buffers: '256MB',
      ...platform.postgresql.settings,
    },
  }
}

function databaseSettings({ databases }: Plan): ConfigTree {
  return {
    host: endpoint(POSTGRESQL, 'sql', 'host'),
    port: endpoint(POSTGRESQL, 'sql', 'port'),
    adminUser: SUPERUSER,
    adminPasswordFile: secretFile(SUPERUSER_SECRET, 'password'),
    caFile: trustBundle('database').caFile,
    databases: databases.map(({ name, owner, secret, extensions }) => ({ name, owner, extensions, passwordFile: secretFile(secret, 'password') })),
  }
}
