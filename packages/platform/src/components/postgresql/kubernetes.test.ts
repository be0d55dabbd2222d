import { describe, expect, test } from 'vitest'
import type { PlatformInput } from '../../model/input.ts'
import { adapt, clusterOf, find } from '../../testing/adapt.ts'
import { upstreamDefinitions } from '../../testing/definitions.ts'
import { postgresqlKubernetes } from './kubernetes.ts'

const backups = { destination: 's3://backups/temporal', endpoint: 'https://s3.example.com:9000' }
const of = (environment: Parameters<typeof clusterOf>[0], settings: Partial<PlatformInput> = {}) =>
  adapt(postgresqlKubernetes, clusterOf(environment, { ...settings, postgresql: { maxConnections: 500, ...settings.postgresql } }))
const production = of('production', { kubernetes: { domain: 'example.com', backups, storageClass: 'fast' } })
const { spec } = find(production, 'Cluster')

describe('PostgreSQL in a cluster', () => {
  test('is one cluster for every database: one moment in time for all', () => {
    expect(spec.bootstrap.initdb).toMatchObject({ database: 'temporal', owner: 'temporal', secret: { name: 'temporal-database' }, dataChecksums: true })
    const databases = production.objects.filter(({ kind }) => kind === 'Database') as unknown as { spec: { name: string } }[]
    expect(databases.map((database) => database.spec)).toEqual([
      { cluster: { name: 'postgresql' }, name: 'shop', owner: 'shop', ensure: 'present', databaseReclaimPolicy: 'retain' },
      { cluster: { name: 'postgresql' }, name: 'temporal', owner: 'temporal', ensure: 'present', databaseReclaimPolicy: 'retain' },
      {
        cluster: { name: 'postgresql' },
        name: 'temporal_visibility',
        owner: 'temporal',
        ensure: 'present',
        databaseReclaimPolicy: 'retain',
        extensions: [{ name: 'btree_gin', ensure: 'present' }],
      },
    ])
    expect(spec.managed.roles.map(({ name, passwordSecret }: { name: string; passwordSecret: object }) => [name, passwordSecret])).toEqual([
      ['shop', { name: 'shop-database' }],
      ['temporal', { name: 'temporal-database' }],
    ])
  })

  test('lets each role into its own databases only, and nobody without TLS', () => {
    expect(spec.postgresql.pg_hba).toEqual([
      'hostssl "shop" "shop" all scram-sha-256',
      'hostssl "temporal" "temporal" all scram-sha-256',
      'hostssl "temporal_visibility" "temporal" all scram-sha-256',
      'host all all all reject',
    ])
    expect(spec.enableSuperuserAccess).toBe(false)
  })

  test('has a certificate of the domain with every name that it is dialled by, and trusts the same root', () => {
    const certificate = find(production, 'Certificate')
    expect(certificate.spec).toMatchObject({ secretTemplate: { labels: { 'cnpg.io/reload': 'true' } }, issuerRef: { name: 'test-database' } })
    const { host } = production.endpoints['sql']!
    expect(host).toBe('postgresql-rw.temporal-backend.svc')
    expect(certificate.spec.dnsNames).toEqual(expect.arrayContaining([host, `${host}.cluster.local`, 'postgresql-r.temporal-backend.svc']))
    expect(spec.certificates).toEqual({ serverTLSSecret: certificate.spec.secretName, serverCASecret: certificate.spec.secretName })
  })

  test('gets passwords in the form that the operator reads, and notices new ones', () => {
    expect(production.secrets).toContainEqual({
      name: 'shop-database',
      namespace: 'temporal-backend',
      form: { type: 'kubernetes.io/basic-auth', labels: { 'cnpg.io/reload': 'true' }, fixed: { username: 'shop' } },
    })
  })

  test('runs three servers where it matters, which lose nothing that was written, and one in development', () => {
    expect(spec).toMatchObject({
      instances: 3,
      affinity: { podAntiAffinityType: 'required' },
      enablePDB: true,
      postgresql: { synchronous: { number: 1, dataDurability: 'required' } },
      resources: { requests: { cpu: '1', memory: '4Gi' }, limits: { cpu: '2', memory: '8Gi' } },
      storage: { size: '100Gi', storageClass: 'fast' },
      walStorage: { size: '20Gi', storageClass: 'fast' },
    })
    const development = find(of('development'), 'Cluster').spec
    expect(development).toMatchObject({ instances: 1, enablePDB: false, affinity: { podAntiAffinityType: 'preferred' } })
    expect(development.postgresql).not.toHaveProperty('synchronous')
    // What its pods ask for together, with what writes the backups.
    expect(production.requests).toEqual({ cpu: '3300m', memory: '13056Mi' })
  })

  test('has memory settings that fit what it has, and those of the platform above all', () => {
    expect(spec.postgresql.parameters).toMatchObject({ max_connections: '500', shared_buffers: '1024MB', max_wal_size: '5120MB' })
    const small = of('development', {
      postgresql: { settings: { work_mem: '16MB', wal_compression: 'off' } },
      kubernetes: { domain: 'example.com', postgresql: { instances: 3, resources: { memory: '1Gi' }, walStorage: '4Gi' } },
    })
    expect(find(small, 'Cluster').spec.postgresql).toMatchObject({
      parameters: { shared_buffers: '256MB', max_wal_size: '1024MB', work_mem: '16MB', wal_compression: 'off' },
      synchronous: { number: 1 },
    })
  })

  test('is backed up to the object store, with a key that people give', () => {
    expect(spec.plugins).toEqual([
      {
        name: 'barman-cloud.cloudnative-pg.io',
        enabled: true,
        isWALArchiver: true,
        parameters: { barmanObjectName: find(production, 'ObjectStore').metadata.name },
      },
    ])
    expect(find(production, 'ObjectStore').spec).toMatchObject({ retentionPolicy: '30d', configuration: { destinationPath: 's3://backups/temporal' } })
    expect(find(production, 'ScheduledBackup').spec).toMatchObject({ schedule: '0 0 2 * * *', method: 'plugin', immediate: true })
    expect(production.wanted).toMatchObject([
      { namespace: 'temporal-backend', name: 'backup-store', keys: { 'access-key-id': 'given', 'secret-access-key': 'given' } },
    ])
    const azure = of('production', { kubernetes: { domain: 'example.com', backups: { destination: 'https://x.blob.core.windows.net/backups' } } })
    expect(find(azure, 'ObjectStore').spec.configuration).toMatchObject({ azureCredentials: { connectionString: { key: 'connection-string' } } })
  })

  test.each([
    ['no backups in production', 'production', {}, 'kubernetes.backups'],
    ['a setting that the operator keeps', 'staging', { postgresql: { settings: { ssl: 'off', work_mem: '8MB' } } }, 'postgresql.settings.ssl'],
  ] as const)('refuses %s', (_, environment, settings, path) => {
    expect(of(environment, settings).problems?.map((problem) => problem.path)).toEqual([path])
  })

  test('has connections for every copy that load may add, and one more of each while they are replaced', () => {
    const problems = (settings: Partial<PlatformInput>) => of('staging', settings).problems?.map(({ path, message, hint }) => `${path} ${message} ${hint}`)
    // Five servers of 30 and the worker's 10, twice; three jobs of 4; the operator's 10.
    expect(problems({ postgresql: { maxConnections: 342 } })).toEqual([])
    expect(problems({ postgresql: { maxConnections: 341 } })?.join()).toMatch(/maxConnections is 341, but 342 may be open .*temporal-\S+ 2 × 30.*at least 342/)
    expect(problems({ postgresql: { maxConnections: 342 }, temporal: { maxReplicas: { frontend: 6 } } })?.join()).toContain('but 492 may be open')
    expect(problems({ postgresql: { maxConnections: 300 }, temporal: { visibility: 'elasticsearch' } })).toEqual([])
  })

  test('opens the connections of its operator, of its servers and of its backups, and no others', () => {
    const text = production.allowed!.map(({ from, to, ports = [] }) => `${nameOf(from)} -> ${nameOf(to)} ${ports.map(({ number }) => number).join(',')}`)
    expect(text).toEqual([
      'operators -> temporal-backend 8000,5432',
      'temporal-backend -> temporal-backend 5432,8000',
      'temporal-backend -> 192.0.2.1/32 443,6443',
      'monitoring -> temporal-backend 9187',
      'temporal-backend -> 0.0.0.0/0 9000',
    ])
  })

  test('is what the definitions of its operators allow', (context) => {
    const definitions = upstreamDefinitions(context)
    const objects = [...production.objects, ...of('development').objects]
    expect(objects.flatMap((object) => definitions.problemsOf(object))).toEqual([])
    expect(objects.filter((object) => !definitions.defines(object))).toEqual([])
  })
})

function nameOf(peer: { namespace: string } | { ranges: readonly string[] }): string {
  return 'namespace' in peer ? peer.namespace : peer.ranges.join()
}
