/** The processes of the chart, in its words. Its internal frontend is off. */
export const ROLES = ['frontend', 'history', 'matching', 'worker'] as const
export type Role = (typeof ROLES)[number]

export const DATABASES = { default: 'temporal', visibility: 'temporal_visibility' } as const
export const DATABASE_USER = 'temporal'
export const DATABASE_PASSWORD = 'temporal'

/** As in ci/postgres-values.yaml of the chart, for PostgreSQL; its values.yaml leaves the stores to the user. */
const SQL = { pluginName: 'postgres12', driverName: 'postgres12', maxConns: 20, maxIdleConns: 20, maxConnLifetime: '1h' } as const

/** Ports of one host, where the chart gives each process a pod. */
export interface ChartPorts {
  readonly sql: number
  readonly frontend: number
  readonly http: number
  readonly history: number
  readonly matching: number
  membership(role: Role): number
  metrics(role: Role): number
  pprof(role: Role): number
}

/** What the chart's templates/server-configmap.yaml makes of its default values, 1.6.0, for processes of one host. */
export function serverConfig(role: Role, ports: ChartPorts, dynamicConfig: string): object {
  const rpc = (grpc: object, of: Role) => ({ rpc: { ...grpc, membershipPort: ports.membership(of), bindOnIP: '127.0.0.1' } })
  return {
    // chart temporal values.yaml: server.config.logLevel
    log: { stdout: true, level: 'debug,info' },
    persistence: {
      defaultStore: 'default',
      visibilityStore: 'visibility',
      // chart temporal values.yaml: server.config.persistence.numHistoryShards
      numHistoryShards: 512,
      datastores: Object.fromEntries(Object.entries(DATABASES).map(([store, databaseName]) => [store, { sql: datastore(databaseName, ports.sql) }])),
    },
    global: {
      membership: { name: 'temporal', maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' },
      pprof: { port: ports.pprof(role) },
      // chart temporal values.yaml: server.config.metrics
      metrics: { tags: { type: role }, prometheus: { timerType: 'histogram', listenAddress: `127.0.0.1:${ports.metrics(role)}` } },
    },
    services: {
      frontend: rpc({ grpcPort: ports.frontend, httpPort: ports.http }, 'frontend'),
      history: rpc({ grpcPort: ports.history }, 'history'),
      matching: rpc({ grpcPort: ports.matching }, 'matching'),
      worker: rpc({}, 'worker'),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'temporal-frontend',
          // As the chart writes them, whatever the ports here: a record that changes is changed by all processes at once, and some fail at it. Nobody dials these.
          rpcAddress: '127.0.0.1:7233',
          httpAddress: '127.0.0.1:7243',
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop', toDC: '' },
    archival: { status: 'disabled' },
    publicClient: { hostPort: `127.0.0.1:${ports.frontend}` },
    dynamicConfigClient: { filepath: dynamicConfig, pollInterval: '10s' },
  }
}

function datastore(databaseName: string, port: number): object {
  return { ...SQL, databaseName, connectAddr: `127.0.0.1:${port}`, connectProtocol: 'tcp', user: DATABASE_USER, password: DATABASE_PASSWORD }
}
