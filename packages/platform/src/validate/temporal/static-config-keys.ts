/** What may stand below a key: anything, these keys, or, below names that people choose (`*`), always the same. */
export type KnownKeys = 'anything' | { readonly [key: string]: KnownKeys }

const ANY = 'anything'

/** Keys that hold a value. */
function values<Key extends string>(...names: readonly Key[]): Record<Key, 'anything'> {
  return Object.fromEntries(names.map((name) => [name, ANY])) as Record<Key, 'anything'>
}

const serverTls = values('certFile', 'keyFile', 'clientCaFiles', 'certData', 'keyData', 'clientCaData', 'requireClientAuth')
const clientTls = values('serverName', 'disableHostVerification', 'rootCaFiles', 'rootCaData', 'forceTLS')
const tlsGroup = { client: clientTls, server: serverTls, hostOverrides: { '*': serverTls } }
const storeTls = values('enabled', 'certFile', 'keyFile', 'caFile', 'enableHostVerification', 'serverName', 'certData', 'keyData', 'caData')

const metrics = {
  ...values('tags', 'excludeTags', 'prefix', 'withoutUnitSuffix', 'withoutCounterSuffix', 'recordTimerInSeconds', 'tagsCacheMaxSize'),
  perUnitHistogramBoundaries: values('dimensionless', 'milliseconds', 'bytes'),
  statsd: { ...values('hostPort', 'prefix', 'flushInterval', 'flushBytes', 'framework'), reporter: values('tagSeparator') },
  prometheus: values(
    'framework',
    'listenAddress',
    'handlerPath',
    'loggerRPS',
    'listenNetwork',
    'timerType',
    'defaultHistogramBoundaries',
    'defaultHistogramBuckets',
    'defaultSummaryObjectives',
    'onError',
    'sanitizeOptions',
  ),
}

const authorization = {
  ...values('permissionsClaimName', 'permissionsRegex', 'authorizer', 'claimMapper', 'authHeaderName', 'authExtraHeaderName', 'audience'),
  jwtKeyProvider: values('keySourceURIs', 'refreshInterval'),
  remoteClusterAuth: values('require'),
}

const datastore = {
  faultInjection: ANY,
  cassandra: {
    ...values('hosts', 'port', 'user', 'password', 'allowedAuthenticators', 'keyspace', 'datacenter', 'maxConns', 'connectTimeout', 'timeout', 'writeTimeout'),
    ...values('disableInitialHostLookup', 'addressTranslator', 'consistency'),
    tls: storeTls,
  },
  sql: {
    ...values('user', 'password', 'pluginName', 'databaseName', 'connectAddr', 'connectProtocol', 'connectAttributes'),
    ...values('maxConns', 'maxIdleConns', 'maxConnLifetime', 'taskScanPartitions'),
    passwordCommand: values('command', 'args', 'timeout'),
    tls: storeTls,
  },
  customDatastore: values('name', 'indexName', 'options'),
  elasticsearch: {
    ...values('version', 'url', 'urls', 'username', 'password', 'indices', 'logLevel', 'aws-request-signing'),
    ...values('closeIdleConnectionsInterval', 'enableSniff', 'enableHealthcheck', 'disableGzip'),
    tls: storeTls,
  },
} as const

const archived = {
  ...values('state', 'enableRead'),
  provider: {
    filestore: values('fileMode', 'dirMode'),
    gstorage: values('credentialsPath'),
    s3store: values('region', 'endpoint', 's3ForcePathStyle', 'logLevel'),
    customStores: ANY,
  },
} as const

const rpc = {
  ...values('grpcPort', 'membershipPort', 'httpPort', 'bindOnLocalHost', 'bindOnIP', 'httpAdditionalForwardedHeaders'),
  ...values('keepAliveServerConfig', 'clientConnectionConfig'),
}

/** Every key that Temporal server 1.32.1 reads from its static configuration: the tags of its own types. It ignores any other without a word. */
export const STATIC_CONFIG_KEYS: KnownKeys = {
  global: {
    membership: values('maxJoinDuration', 'broadcastAddress'),
    pprof: values('port', 'host'),
    tls: {
      internode: tlsGroup,
      frontend: tlsGroup,
      systemWorker: { ...values('certFile', 'keyFile', 'certData', 'keyData'), client: clientTls },
      remoteClusters: { '*': tlsGroup },
      expirationChecks: values('warningWindow', 'errorWindow', 'checkInterval'),
      refreshInterval: ANY,
    },
    metrics,
    authorization,
  },
  persistence: { ...values('defaultStore', 'visibilityStore', 'secondaryVisibilityStore', 'numHistoryShards'), datastores: { '*': datastore } },
  log: values('stdout', 'level', 'outputFile', 'format', 'development'),
  clusterMetadata: {
    ...values('enableGlobalNamespace', 'failoverVersionIncrement', 'masterClusterName', 'currentClusterName', 'tags'),
    clusterInformation: { '*': values('enabled', 'initialFailoverVersion', 'rpcAddress', 'httpAddress') },
  },
  dcRedirectionPolicy: values('policy'),
  services: { '*': { rpc } },
  archival: { history: archived, visibility: archived },
  publicClient: values('hostPort', 'httpHostPort', 'forceTLSConfig'),
  dynamicConfigClient: values('filepath', 'pollInterval'),
  namespaceDefaults: { archival: { history: values('state', 'URI'), visibility: values('state', 'URI') } },
  otel: ANY,
  visibility: values('persistenceCustomSearchAttributes'),
}
