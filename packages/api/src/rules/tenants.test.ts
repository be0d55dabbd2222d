import { described, emptyPage, queryOfList, readStart, RUN_ID, started, workflowIdOf } from '../test/replies.ts'
import { type RuleCase, testRules } from '../test/rule-table.ts'
import type { TestApi } from '../test/test-api.ts'
import { describe } from 'vitest'
import { prefixes, tenants } from './contract.fixture.ts'

const SCOPE = 'orders:read orders:write orders:approve'
const ORDER = { orderId: '1', lines: [{ sku: 'a' }] }
const FULFIL = '/v1/workflows/fulfil-order'

interface Sent {
  readonly method?: 'GET' | 'POST' | 'PUT'
  readonly url?: string
  readonly payload?: object
  readonly headers?: Record<string, string>
  /** Beside the scopes. */
  readonly claims?: object
}
const send = async (api: TestApi, { method = 'GET', url = `${FULFIL}/acme.1`, payload, headers, claims = { tenant: 'acme' } }: Sent) =>
  api.app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${await api.issuer.token({ scope: SCOPE, ...claims })}`, ...headers },
    ...(payload && { payload }),
  })

const stopped = (rule: string, name: string, sent: Sent, answer: { status?: number; slug?: string | undefined } = {}): RuleCase => ({
  rule,
  name,
  status: 404,
  slug: 'not-found',
  ...answer,
  send: (api) => send(api, sent),
})
const FORBIDDEN = { status: 403, slug: 'forbidden' }
const done = (status: number) => ({ status, slug: undefined })

/** Answers as Temporal does; what is stamped, and what is listed, is a rule of its own: without it the answer is not that of a success. */
const temporalOf = (stamp: (request: Uint8Array) => boolean, list: (query: string) => boolean) => (method: string, request: Uint8Array) => {
  if (method === 'StartWorkflowExecution') return stamp(request) ? started(RUN_ID) : { code: 7, details: 'not stamped' }
  if (method === 'ListWorkflowExecutions') return list(queryOfList(request)) ? emptyPage('') : { code: 7, details: 'of all tenants' }
  const workflowId = workflowIdOf(request)
  return method === 'DescribeWorkflowExecution'
    ? described({ runId: RUN_ID, workflowId, attributes: { Tenant: workflowId.split('.')[0] ?? '' } })
    : { bytes: new Uint8Array() }
}

describe('by a search attribute', () => {
  testRules({
    contract: tenants,
    temporal: temporalOf(
      (request) => 'Tenant' in (readStart(request).searchAttributes?.indexedFields ?? {}),
      (query) => query.includes("Tenant = '"),
    ),
    rules: {
      claim: { file: 'auth/tenant.js', text: "typeof name !== 'string' || !NAME.test(name)", without: 'name === undefined' },
      'for all': { file: 'auth/tenant.js', text: 'scopes.has(binding.allTenants)', without: 'true' },
      stamp: { file: 'temporal/start.js', text: '...stampOf(scope.tenant),', without: '' },
      list: { file: 'auth/tenant.js', text: "return [{ attribute: tenant.searchAttribute, operator: '=', value: tenant.name }]", without: 'return []' },
      owner: { file: 'temporal/runs.js', text: '|| !owns(scope.tenant, ownedRun(run))', without: '' },
    },
    cases: [
      stopped('claim', 'an empty name', { claims: { tenant: '' } }, FORBIDDEN),
      stopped('claim', 'several tenants', { url: '/v1/workflows', claims: { tenant: ['acme', 'evil'] } }, FORBIDDEN),
      stopped('claim', 'a name with a line break', { url: '/v1/workflows', claims: { tenant: 'acme\n' } }, FORBIDDEN),
      stopped('claim', 'a name without end', { url: '/v1/workflows', claims: { tenant: 'a'.repeat(201) } }, FORBIDDEN),
      stopped('for all', 'no tenant', { url: '/v1/workflows', claims: {} }, FORBIDDEN),
      stopped('stamp', 'a start', { method: 'POST', url: FULFIL, payload: ORDER }, done(201)),
      stopped('list', 'a list', { url: '/v1/workflows?type=fulfil-order' }, done(200)),
      stopped('owner', "another's workflow", { url: `${FULFIL}/evil.1` }),
      stopped('owner', "a signal to another's", { method: 'POST', url: `${FULFIL}/evil.1/signals/approve`, payload: { approvedBy: 'x' } }),
      stopped('owner', "cancelling another's", { method: 'POST', url: `${FULFIL}/evil.1/cancel` }),
    ],
  })
})

describe('by the beginning of ids', () => {
  testRules({
    contract: prefixes,
    temporal: temporalOf(
      (request) => readStart(request).workflowId.startsWith('acme.'),
      (query) => query.includes("WorkflowId STARTS_WITH 'acme.'"),
    ),
    rules: {
      separator: { file: 'auth/tenant.js', text: 'name.includes(binding.idSeparator)', without: 'false' },
      id: { file: 'auth/tenant.js', text: 'workflowId.startsWith(tenant.idPrefix)', without: 'true' },
      'id that is made': { file: 'routes/start.js', text: 'idPrefix: tenant?.idPrefix', without: '' },
      list: { file: 'auth/tenant.js', text: "[{ attribute: 'WorkflowId', operator: 'STARTS_WITH', value: tenant.idPrefix }]", without: '[]' },
    },
    cases: [
      stopped('separator', 'a tenant with the separator in its name', { url: `${FULFIL}/acme.evil.1`, claims: { tenant: 'acme.evil' } }, FORBIDDEN),
      stopped('id', "another's workflow", { url: `${FULFIL}/evil.1` }),
      stopped('id', 'a workflow of one whose name begins like its own', { url: `${FULFIL}/acme-evil.1` }),
      stopped('id', "a start under another's id", { method: 'PUT', url: `${FULFIL}/evil.1`, payload: ORDER }, FORBIDDEN),
      stopped('id', "a start that names another's id", { method: 'POST', url: FULFIL, payload: ORDER, headers: { 'workflow-id': 'evil.1' } }, FORBIDDEN),
      stopped('id that is made', 'a start', { method: 'POST', url: FULFIL, payload: ORDER }, done(201)),
      stopped('id that is made', 'a start with a key', { method: 'POST', url: FULFIL, payload: ORDER, headers: { 'idempotency-key': 'k' } }, done(201)),
      stopped('list', 'a list', { url: '/v1/workflows?type=fulfil-order' }, done(200)),
    ],
  })
})
