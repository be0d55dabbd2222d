import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { putSnapshots } from './put-snapshots.ts'
import { snapshotsSettings } from './settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'elasticsearch-snapshots-'))
writeFileSync(join(folder, 'password'), 's3cret\n')
afterAll(() => rmSync(folder, { recursive: true }))

let asked: object[]
let status = 200
const server = createServer(async (request, response) => {
  asked.push({ path: `${request.method} ${request.url}`, as: request.headers.authorization, body: await json(request) })
  response.writeHead(status).end('{"error":{"reason":"[sundial] path [x] is not accessible"}}')
})
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return () => server.close()
})
beforeEach(() => {
  asked = []
})

const settings = () =>
  snapshotsSettings.parse({
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    tls: false,
    login: { user: 'temporal', passwordFile: join(folder, 'password') },
    repository: { type: 's3', settings: { bucket: 'backups', base_path: 'platform/elasticsearch' } },
    policy: { schedule: '0 0 2 * * ?', index: 'temporal_visibility_v1', retentionDays: 30 },
  })

test('makes the repository first, and then the policy that writes to it, as the user', async () => {
  status = 200
  await putSnapshots(settings())
  const as = `Basic ${Buffer.from('temporal:s3cret').toString('base64')}`
  expect(asked).toEqual([
    { path: 'PUT /_snapshot/sundial', as, body: { type: 's3', settings: { bucket: 'backups', base_path: 'platform/elasticsearch' } } },
    {
      path: 'PUT /_slm/policy/sundial',
      as,
      body: {
        schedule: '0 0 2 * * ?',
        name: '<sundial-{now/d}>',
        repository: 'sundial',
        config: { indices: ['temporal_visibility_v1*'], include_global_state: true },
        retention: { expire_after: '30d', min_count: 3 },
      },
    },
  ])
})

test('says what Elasticsearch says, and stops there', async () => {
  status = 500
  await expect(putSnapshots(settings())).rejects.toThrow(/refuses PUT \/_snapshot\/sundial \(HTTP 500\): .*is not accessible/)
  expect(asked).toHaveLength(1)
})
