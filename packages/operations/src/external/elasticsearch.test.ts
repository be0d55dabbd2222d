import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@sundial/runtime'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { checkElasticsearch } from './elasticsearch.ts'
import type { ElasticsearchSettings } from './elasticsearch-settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'elasticsearch-check-'))
const passwordFile = join(folder, 'password')
writeFileSync(passwordFile, 's3cret:with a colon\n')
afterAll(() => rmSync(folder, { recursive: true }))

/** Answers in order; the last one again and again. */
let answers: { status: number; body: string }[]
let asked: (string | undefined)[]
let server: Server
beforeEach(async () => {
  asked = []
  server = createServer((request, response) => {
    asked.push(request.headers.authorization)
    const { status, body } = (answers.length > 1 ? answers.shift() : answers[0])!
    response.writeHead(status).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(() => server.close())

const version = (number: string, distribution?: string) => ({ status: 200, body: JSON.stringify({ version: { number, distribution } }) })
const login = { user: 'temporal', passwordFile }

async function check(settings: Partial<ElasticsearchSettings> = {}): Promise<void> {
  const port = (server.address() as AddressInfo | null)?.port ?? 0
  const minimumMajor = { elasticsearch: 7, opensearch: 2 }
  await checkElasticsearch({ host: '127.0.0.1', port, tls: false, minimumMajor, patienceSeconds: 0, ...settings }, createLogger('test'))
}

test.each([
  ['8.19.2', undefined],
  ['7.0.0', undefined],
  ['2.19.1', 'opensearch'],
  ['10.0.0', undefined],
])('takes %s %s', async (number, distribution) => {
  answers = [version(number, distribution)]
  await check({ login })
  expect(asked).toEqual([`Basic ${Buffer.from('temporal:s3cret:with a colon').toString('base64')}`])
})

test.each<[what: string, answer: { status: number; body: string }, settings: Partial<ElasticsearchSettings>, said: RegExp]>([
  ['a refused password', { status: 401, body: '' }, { login }, /- the password of temporal in .*\/password is refused, or there is no such user/],
  ['that it asks for a user', { status: 401, body: '' }, {}, /- it asks for a user and a password: write elasticsearch\.external\.authentication/],
  ['a user without the right', { status: 403, body: '' }, { login }, /- temporal may not ask for its version: .*"monitor"/],
  ['an old Elasticsearch', version('6.8.23'), {}, /- it is Elasticsearch 6\.8\.23, and Temporal needs 7 or newer/],
  ['an old OpenSearch', version('1.3.20', 'opensearch'), {}, /- it is OpenSearch 1\.3\.20, and Temporal needs 2 or newer/],
  ['another program', { status: 200, body: '<html>' }, {}, /- what answers \(HTTP 200\) is not Elasticsearch/],
  ['another API', { status: 404, body: '{}' }, {}, /- what answers \(HTTP 404\) is not Elasticsearch/],
  ['that it is not ready', { status: 503, body: '' }, {}, /- it is not ready \(HTTP 503\)/],
  ['that it has no TLS', version('8.19.2'), { tls: {} }, /- its certificate is not trusted \(.*wrong version number/],
])('says %s', async (_, answer, settings, said) => {
  answers = [answer]
  const refusal = check(settings)
  await expect(refusal).rejects.toThrow(/^Elasticsearch at 127\.0\.0\.1:\d+ cannot be used as it is:\n/)
  await expect(refusal).rejects.toThrow(said)
  await expect(refusal).rejects.not.toThrow('s3cret')
})

test('waits for one that starts', async () => {
  answers = [{ status: 503, body: '' }, version('8.19.2')]
  await check({ patienceSeconds: 10 })
  expect(asked).toHaveLength(2)
})

test('says that nobody answers', async () => {
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  await expect(check({ port })).rejects.toThrow(/- nobody answers \(connect ECONNREFUSED .*\): check elasticsearch\.external\.host and port/)
})
