import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createCursorSigner } from '../temporal/cursor.ts'
import { described, emptyPage, queryOfList, RUN_ID, started, workflowIdOf } from '../test/replies.ts'
import { type RuleCase, testRules } from '../test/rule-table.ts'
import type { TestApi } from '../test/test-api.ts'
import { granted } from './contract.fixture.ts'

const FULFIL = '/v1/workflows/fulfil-order'
const ORDER = { orderId: '1', lines: [{ sku: 'a' }] }
const SCOPE = 'orders:read orders:write orders:approve orders:admin'
const JSON_TYPE = { 'content-type': 'application/json' }

interface Sent {
  readonly method?: 'GET' | 'POST' | 'PUT'
  readonly url?: string
  readonly payload?: unknown
  readonly headers?: Record<string, string>
}
const bad = (rule: string, name: string, sent: Sent, answer: { status: number; slug: string | undefined } = { status: 422, slug: 'validation' }): RuleCase => ({
  rule,
  name,
  ...answer,
  send: (api) => api.as(SCOPE, { method: sent.method ?? (sent.payload === undefined ? 'GET' : 'POST'), url: sent.url ?? FULFIL, ...sent }),
})
const start = (rule: string, name: string, payload: unknown, answer?: { status: number; slug: string }) =>
  bad(rule, name, { payload, ...(typeof payload === 'string' && { headers: JSON_TYPE }) }, answer)
const listed = (rule: string, name: string, query: Record<string, string>, answer?: { status: number; slug: string | undefined }) =>
  bad(rule, name, { url: `/v1/workflows?${new URLSearchParams(query).toString()}` }, answer)

const BAD_CURSOR = { status: 400, slug: 'bad-cursor' }
const MALFORMED = { status: 400, slug: 'malformed-request' }
/** As the API of the tests signs them. */
const KEY = Buffer.alloc(32, 7)
const QUERY = "WorkflowType IN ('fulfil-order')"
const signed = (key: Buffer, query: string) => createCursorSigner(key).write(Buffer.from('page'), JSON.stringify(['orders', query]))
const tampered = signed(KEY, QUERY).replace(/^.{10}/, (head) => head.split('').toReversed().join(''))

/** Over a connection, with a header that the framework never gets to see. */
async function withHeader(api: TestApi, bytes: number): Promise<{ statusCode: number; body: string }> {
  if (!api.app.server.listening) await api.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = api.app.server.address() as AddressInfo
  return new Promise((resolve, reject) => {
    request({ port, path: '/openapi.json', headers: { 'x-filler': 'x'.repeat(bytes) }, agent: false }, (response) => {
      void text(response).then((body) => resolve({ statusCode: response.statusCode ?? 0, body: response.statusCode === 200 ? '' : body }), reject)
    })
      .on('error', reject)
      .end()
  })
}

/** Whether a value has left its quotes: what is not in any is then more than the conditions. */
function leaves(query: string): boolean {
  const conditions = query.replaceAll(/'(?:[^'\\]|\\\\|'')*'/g, '?')
  return /['\\]| OR /.test(conditions)
}

testRules({
  contract: granted,
  temporal(method, bytes) {
    if (method === 'StartWorkflowExecution') return started(RUN_ID)
    if (method === 'DescribeWorkflowExecution') {
      const workflowId = workflowIdOf(bytes)
      return described({ runId: RUN_ID, workflowId, type: workflowId === 'audit-1' ? 'audit' : 'fulfil-order' })
    }
    if (method === 'ListWorkflowExecutions') return leaves(queryOfList(bytes)) ? { code: 3, details: 'it asks for something else' } : emptyPage('next')
    return { bytes: new Uint8Array() }
  },
  rules: {
    'size of the body': { file: 'create-api.js', text: 'bodyLimit: BODY_LIMIT', without: 'bodyLimit: 1e9' },
    'size of the header': { file: 'create-api.js', text: 'maxHeaderSize: MAX_HEADER_BYTES', without: 'maxHeaderSize: 1e6' },
    'length of a path': { file: 'create-api.js', text: 'maxParamLength: MAX_PARAMETER_LENGTH', without: 'maxParamLength: 1e5' },
    depth: { file: 'http/input.js', text: 'deeperThan(body, MAX_DEPTH)', without: 'false' },
    schema: { file: 'http/input.js', text: "if ('value' in result)\n        return result.value;", without: 'return result.value ?? body;' },
    prototypes: {
      file: 'create-api.js',
      text: 'bodyLimit: BODY_LIMIT',
      without: "bodyLimit: BODY_LIMIT, onProtoPoisoning: 'remove', onConstructorPoisoning: 'remove'",
    },
    'media type': {
      file: 'create-api.js',
      text: "app.removeContentTypeParser('text/plain')",
      without: "app.addContentTypeParser('application/xml', (_r, _p, done) => done(null, {}))",
    },
    'unknown parameters': { file: 'routes/operation.js', text: 'additionalProperties: false', without: 'additionalProperties: true' },
    'signature of a cursor': { file: 'temporal/cursor.js', text: '!timingSafeEqual(given, expected)', without: 'false' },
    'scope of a cursor': { file: 'temporal/cursor.js', text: 'content.scope !== digest(scope)', without: 'false' },
    quotes: { file: 'temporal/visibility-query.js', text: `.replaceAll("'", "''")`, without: '' },
    escapes: { file: 'temporal/visibility-query.js', text: `.replaceAll('\\\\', '\\\\\\\\')`, without: '' },
    'control characters': { file: 'routes/filters.js', text: "pattern: '^[^\\\\u0000-\\\\u001f\\\\u007f]+$'", without: "pattern: '^'" },
    infinity: { file: 'routes/filters.js', text: '!Number.isFinite(value)', without: 'false' },
    times: { file: 'routes/filters.js', text: 'Number.isNaN(date.getTime())', without: 'false' },
    'idempotency key': { file: 'routes/parameters.js', text: "pattern: '^[\\\\x21-\\\\x7e]{1,255}$'", without: "pattern: '^'" },
    'workflow id': { file: 'routes/start.js', text: "pattern: '^[\\\\x21-\\\\x7e]([\\\\x20-\\\\x7e]{0,253}[\\\\x21-\\\\x7e])?$'", without: "pattern: '^'" },
    'type of a workflow': { file: 'temporal/runs.js', text: 'run.type !== type ||', without: '' },
    reason: { file: 'routes/end.js', text: 'reason.length <= MAX_REASON_LENGTH', without: 'true' },
  },
  cases: [
    start('size of the body', 'a body of more than 1.5 MB', { ...ORDER, orderId: 'x'.repeat(1_500_000) }, { status: 413, slug: 'payload-too-large' }),
    { rule: 'size of the header', name: 'header fields of 20 kB', status: 431, slug: 'headers-too-large', send: (api) => withHeader(api, 20_000) },
    bad('length of a path', 'an id of 3,001 bytes', { url: `${FULFIL}/${'x'.repeat(3001)}` }, { status: 414, slug: 'uri-too-long' }),
    start('depth', 'an unknown member that is nested 5,000 deep', `{"orderId":"1","lines":[{"sku":"a"}],"x":${'['.repeat(5000)}${']'.repeat(5000)}}`),
    start('schema', 'a number for a text', { ...ORDER, orderId: 1 }),
    start('schema', 'a text for a list', { ...ORDER, lines: 'a' }),
    start('schema', 'a list for an object', [ORDER]),
    start('schema', 'null', 'null'),
    start('schema', 'a quantity that is no whole number', { ...ORDER, lines: [{ sku: 'a', quantity: 1.5 }] }),
    start('schema', 'a quantity beyond what numbers can be', '{"orderId":"1","lines":[{"sku":"a","quantity":1e400}]}'),
    start('schema', 'nothing of what is needed', {}),
    start('prototypes', 'a body with a prototype', '{"orderId":"1","lines":[{"sku":"a"}],"__proto__":{"admin":true}}', MALFORMED),
    start('prototypes', 'a body with a constructor', '{"orderId":"1","lines":[{"sku":"a"}],"constructor":{"prototype":{"admin":true}}}', MALFORMED),
    bad('media type', 'XML', { payload: '<order/>', headers: { 'content-type': 'application/xml' } }, { status: 415, slug: 'unsupported-media-type' }),
    listed('unknown parameters', 'a filter that is misspelt', { stauts: 'RUNNING' }),
    listed('unknown parameters', 'a query of its own', { q: "1=1 OR WorkflowType = 'audit'" }),
    listed('unknown parameters', 'an attribute that is not in the contract', { 'attr.WorkflowType': 'audit' }),
    listed('signature of a cursor', 'a cursor with another page in it', { cursor: tampered }, BAD_CURSOR),
    listed('signature of a cursor', 'a cursor of another installation', { cursor: signed(Buffer.alloc(32, 8), QUERY) }, BAD_CURSOR),
    listed('scope of a cursor', 'a cursor of another list', { cursor: signed(KEY, "WorkflowType IN ('audit')") }, BAD_CURSOR),
    listed('quotes', 'a value that would leave its quotes', { 'attr.OrderState': "x' OR WorkflowType = 'audit" }, { status: 200, slug: undefined }),
    listed('escapes', 'a value that would take the closing quote with it', { 'attr.OrderState': 'x\\' }, { status: 200, slug: undefined }),
    listed('control characters', 'a value with a NUL', { 'attr.OrderState': 'a\u0000b' }),
    listed('infinity', 'a number that is too large', { 'attr.OrderAmount': '1e400' }),
    listed('times', 'a second that no clock has', { 'attr.OrderDue': '2026-12-31T23:59:60Z' }),
    bad('idempotency key', 'a key without end', { payload: ORDER, headers: { 'idempotency-key': 'k'.repeat(256) } }),
    bad('idempotency key', 'a key of two words', { payload: ORDER, headers: { 'idempotency-key': 'a b' } }),
    bad('workflow id', 'an id without end', { payload: ORDER, headers: { 'workflow-id': 'x'.repeat(256) } }),
    bad('workflow id', 'an id with signs beyond ASCII', { payload: ORDER, headers: { 'workflow-id': 'ordér' } }),
    bad('type of a workflow', 'a workflow of another type', { url: `${FULFIL}/audit-1` }, { status: 404, slug: 'not-found' }),
    bad('type of a workflow', 'terminating one of another type', { url: `${FULFIL}/audit-1/terminate`, payload: {} }, { status: 404, slug: 'not-found' }),
    bad('reason', 'a reason without end', { url: `${FULFIL}/one/cancel`, payload: { reason: 'x'.repeat(1001) } }),
  ],
})
