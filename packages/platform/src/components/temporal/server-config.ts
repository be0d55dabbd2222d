import type { Platform } from '../../model/platform.ts'
import { TEMPORAL_ROLES, type TemporalRole } from '../../model/settings/temporal-copies.ts'
import { announced, bindHost, certificate, configFile, endpoint, listen, selfHost, trustBundle } from '../../model/values.ts'
import type { ConfigTree } from '../../model/workload.ts'
import { clientId, keys, TEMPORAL_AUDIENCE } from '../identity/names.ts'
import { FRONTEND_SERVER_NAME, INTERNODE_SERVER_NAME, MAIN_DATABASE } from './names.ts'
import { ROLES } from './roles.ts'
import { sqlDatastore } from './sql-datastore.ts'
import { visibilityStore } from './visibility.ts'

/** Static configuration of one role. The loader ignores unknown keys silently, so every key here was checked against 1.32. */
export function serverConfig(role: TemporalRole, platform: Platform): ConfigTree {
  return {
    log: { stdout: true, level: platform.temporal.logLevel, format: 'json' },
    persistence: {
      numHistoryShards: platform.temporal.historyShards,
      defaultStore: 'main',
      visibilityStore: 'visibility',
      datastores: { main: sqlDatastore(platform, MAIN_DATABASE, platform.temporal.connectionPool.main), visibility: visibilityStore(platform).datastore },
    },
    global: {
      membership: { maxJoinDuration: '30s', broadcastAddress: selfHost },
      metrics: { prometheus: { listenAddress: listen('metrics') } },
      tls: tls(role),
      ...(role === 'frontend' && { authorization: authorization(platform) }),
    },
    services: services(role),
    clusterMetadata: clusterMetadata(),
    dcRedirectionPolicy: { policy: 'noop' },
    archival: { history: { state: 'disabled' }, visibility: { state: 'disabled' } },
    namespaceDefaults: { archival: { history: { state: 'disabled' }, visibility: { state: 'disabled' } } },
    dynamicConfigClient: { filepath: configFile('dynamic-config.yaml'), pollInterval: '10s' },
  }
}

/** Only the frontend holds a certificate of the `client` domain, and only it listens there. */
function tls(role: TemporalRole): ConfigTree {
  const internode = certificate('internode')
  const client = certificate('client')
  return {
    // Rotated certificates are picked up without a restart.
    refreshInterval: '1m',
    // Gauges of certificates that end within two weeks (warning) or three days (error).
    expirationChecks: { warningWindow: '336h', errorWindow: '72h', checkInterval: '1h' },
    internode: {
      server: { ...internode, requireClientAuth: true, clientCaFiles: [trustBundle('internode').caFile] },
      client: { serverName: INTERNODE_SERVER_NAME, rootCaFiles: [trustBundle('internode').caFile] },
    },
    ...(role === 'frontend' && {
      frontend: {
        server: { ...client, requireClientAuth: true, clientCaFiles: [trustBundle('client').caFile] },
        client: { serverName: FRONTEND_SERVER_NAME, rootCaFiles: [trustBundle('client').caFile] },
      },
    }),
  }
}

/** An empty claim mapper would make everyone an administrator: both are set. */
function authorization(platform: Platform): ConfigTree {
  return {
    jwtKeyProvider: { keySourceURIs: [keys(platform).url], refreshInterval: '1m' },
    permissionsClaimName: 'permissions',
    audience: clientId(platform, TEMPORAL_AUDIENCE),
    authorizer: 'default',
    claimMapper: 'default',
  }
}

/** Every process lists every role: the ring tells where a peer is, and this tells its gRPC port. */
function services(role: TemporalRole): ConfigTree {
  return Object.fromEntries(
    TEMPORAL_ROLES.map((other) => {
      const party = ROLES[other].workload
      const own = other === role
      const port = (name: string) => (own ? listen(name, 'port') : endpoint(party, name, 'port'))
      const http = other === 'frontend' ? { httpPort: port('http') } : {}
      return [other, { rpc: { grpcPort: port('grpc'), membershipPort: port('membership'), ...http, bindOnIP: bindHost } }]
    }),
  )
}

function clusterMetadata(): ConfigTree {
  return {
    enableGlobalNamespace: false,
    failoverVersionIncrement: 10,
    masterClusterName: 'active',
    currentClusterName: 'active',
    clusterInformation: {
      active: {
        enabled: true,
        initialFailoverVersion: 1,
        rpcAddress: announced(FRONTEND_SERVER_NAME, 'grpc'),
        httpAddress: announced(FRONTEND_SERVER_NAME, 'http'),
      },
    },
  }
}
