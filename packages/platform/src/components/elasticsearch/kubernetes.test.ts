import { expect, test } from 'vitest'
import type { PlatformInput } from '../../model/input.ts'
import { adapt, clusterOf, find } from '../../testing/adapt.ts'
import { upstreamDefinitions } from '../../testing/definitions.ts'
import { elasticsearchKubernetes } from './kubernetes.ts'
import { elasticsearchSnapshotsKubernetes, quartz } from './kubernetes/snapshots.ts'

const of = (environment: Parameters<typeof clusterOf>[0], settings: Partial<PlatformInput> = {}) =>
  adapt(elasticsearchKubernetes, clusterOf(environment, { temporal: { visibility: 'elasticsearch' }, ...settings }))
const production = of('production')
const { spec } = find(production, 'Elasticsearch')
const [nodes] = spec.nodeSets

test('is three nodes on machines of their own, with disks that stay, and one in development', () => {
  expect(nodes).toMatchObject({
    count: 3,
    volumeClaimTemplates: [{ kind: 'PersistentVolumeClaim', metadata: { name: 'elasticsearch-data' }, spec: { resources: { requests: { storage: '50Gi' } } } }],
  })
  expect(nodes.podTemplate.spec.affinity.podAntiAffinity).toHaveProperty('requiredDuringSchedulingIgnoredDuringExecution')
  expect(spec.volumeClaimDeletePolicy).toBe('DeleteOnScaledownOnly')
  expect(find(of('development'), 'Elasticsearch').spec.nodeSets[0].count).toBe(1)
})

test('is a version that Temporal knows, and that the operator is told too', () => {
  expect(spec.version).toMatch(/^8\./)
  expect(spec.image).toBe(`docker.elastic.co/elasticsearch/elasticsearch:${spec.version}`)
})

test('has a certificate with the name that Temporal dials', () => {
  const certificate = find(production, 'Certificate').spec
  expect(spec.http.tls.certificate.secretName).toBe(certificate.secretName)
  expect(production.endpoints['http']).toEqual({ host: 'elasticsearch-es-http.temporal-backend.svc', port: 9200 })
  expect(certificate).toMatchObject({ dnsNames: expect.arrayContaining(['elasticsearch-es-http.temporal-backend.svc']), issuerRef: { name: 'test-search' } })
})

test('knows one user, who may do everything with the index and nothing with others', () => {
  const [secret] = production.secrets!
  expect(spec.auth).toEqual({ fileRealm: [{ secretName: secret!.name }], roles: [{ secretName: secret!.name }] })
  expect(secret!.form).toMatchObject({ type: 'kubernetes.io/basic-auth', fixed: { username: 'temporal', roles: 'temporal' } })
  expect(JSON.parse(secret!.form!.fixed['roles.yml']!)).toEqual({
    temporal: { cluster: ['manage'], indices: [{ names: ['temporal_visibility_v1*'], privileges: ['all'] }] },
  })
})

test('may be without protection where that is said, as on a laptop', () => {
  const open = of('development')
  expect(find(open, 'Elasticsearch').spec.http.tls).toEqual({ selfSignedCertificate: { disabled: true } })
  expect(open.secrets).toEqual([])
})

test('needs no kernel setting and no rights that "restricted" does not give', () => {
  expect(nodes.config['node.store.allow_mmap']).toBe(false)
  expect(nodes.podTemplate.spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })
  expect(nodes.podTemplate.spec.containers[0].securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } })
})

test('refuses a heap that leaves no memory beside it', () => {
  expect(of('production', { elasticsearch: { heapMebibytes: 1024 } }).problems).toEqual([])
  expect(of('production', { elasticsearch: { heapMebibytes: 1025 } }).problems?.map(({ path, hint }) => [path, hint])).toEqual([
    ['elasticsearch.heapMebibytes', 'make it smaller, or kubernetes.elasticsearch.resources.memory at least 2050Mi'],
  ])
})

const backups = { destination: 's3://backups/platform', endpoint: 'https://s3.example.com:9000' }
const backedUp = clusterOf('production', { temporal: { visibility: 'elasticsearch' }, kubernetes: { domain: 'example.com', backups } })

test('has snapshots beside the backups of PostgreSQL, with the same key of the store', () => {
  const adaptation = adapt(elasticsearchKubernetes, backedUp)
  const { secureSettings, nodeSets } = find(adaptation, 'Elasticsearch').spec
  expect(adaptation.wanted).toMatchObject([{ namespace: 'temporal-backend', name: 'backup-store' }])
  expect(secureSettings).toEqual([
    {
      secretName: 'backup-store',
      entries: [
        { key: 'access-key-id', path: 's3.client.default.access_key' },
        { key: 'secret-access-key', path: 's3.client.default.secret_key' },
      ],
    },
  ])
  expect(nodeSets[0].config).toMatchObject({ 's3.client.default.endpoint': 'https://s3.example.com:9000' })
  expect(adaptation.allowed?.some(({ ports }) => ports?.[0]?.number === 9000)).toBe(true)
  const [job] = elasticsearchSnapshotsKubernetes.workloads!(backedUp)
  expect(job?.files['snapshots.json']?.content).toMatchObject({
    repository: { type: 's3', settings: { bucket: 'backups', base_path: 'platform/elasticsearch' } },
    policy: { schedule: '0 0 2 * * ?', retentionDays: 30 },
  })
  expect(elasticsearchSnapshotsKubernetes.workloads!(clusterOf('production', { temporal: { visibility: 'elasticsearch' } }))).toEqual([])
})

test.each([
  ['0 0 2 * * *', '0 0 2 * * ?'],
  ['0 30 1 1 * *', '0 30 1 1 * ?'],
  ['0 0 2 * * 0', '0 0 2 ? * 0'],
])('says the schedule %s as Elasticsearch wants it', (schedule, expected) => {
  expect(quartz(schedule)).toBe(expected)
})

test('refuses a store whose keys it cannot use', () => {
  const azure = of('production', { kubernetes: { domain: 'example.com', backups: { destination: 'https://x.blob.core.windows.net/backups' } } })
  expect(azure.problems?.map(({ path }) => path)).toEqual(['kubernetes.backups.destination'])
})

test('is what the definitions allow', (context) => {
  const definitions = upstreamDefinitions(context)
  const objects = [...adapt(elasticsearchKubernetes, backedUp).objects, ...production.objects, ...of('development').objects]
  expect(objects.flatMap((object) => definitions.problemsOf(object))).toEqual([])
  expect(objects.filter((object) => !definitions.defines(object))).toEqual([])
})
