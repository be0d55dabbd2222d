import type { JsonSchema } from '@sundial/contract'
import type { RouteOptions } from 'fastify'
import type { ApiContext } from '../api-context.ts'
import { authenticate, missingScope } from '../auth/access.ts'
import type { Caller } from '../auth/verifier.ts'
import { problem } from '../http/api-problem.ts'
import { listWorkflows, visibilityQuery } from '../temporal/list.ts'
import { STATUS_NAMES } from '../temporal/statuses.ts'
import { operation } from './operation.ts'
import { queryOf } from './parameters.ts'
import { json } from './responses.ts'

const DEFAULT_LIMIT = 20
const MAX_LIMIT = 200

/** A page of a list. */
export const PAGE_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['items'],
  properties: {
    items: { type: 'array', items: { $ref: '#/components/schemas/WorkflowSummary' } },
    nextCursor: { type: 'string', description: 'Send it as `cursor` for the next page. Absent: this is the last.' },
  },
}

export const SUMMARY_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['workflowId', 'runId', 'type', 'status'],
  properties: {
    workflowId: { type: 'string' },
    runId: { type: 'string' },
    type: { type: 'string' },
    status: { type: 'string', enum: [...STATUS_NAMES, 'UNKNOWN'] },
    startedAt: { type: 'string', format: 'date-time' },
    closedAt: { type: 'string', format: 'date-time' },
  },
}

interface ListQuery {
  readonly type?: string
  readonly status?: string
  readonly limit: number
  readonly cursor?: string
}

/** Lists the workflows of every type that the caller may read, and of no other. */
export function listRoute(api: ApiContext): RouteOptions {
  const { workflows } = api.contract
  const scopes = [...new Set(Object.values(workflows).flatMap(({ access }) => access.read ?? []))]
  return operation({
    kind: 'list',
    method: 'GET',
    url: '/v1/workflows',
    operationId: 'listWorkflows',
    summary: 'List workflows: open ones first, then those that closed last',
    description: 'Those of the types that the caller may read. A workflow that has just started or ended may be missing or old for a moment.',
    tag: 'workflows',
    access: async (request) => void (await authenticate(api.verifier, request)),
    scope: scopes,
    query: {
      type: { type: 'string', enum: Object.keys(workflows), description: 'Only workflows of this type.' },
      status: { type: 'string', enum: STATUS_NAMES, description: 'Only workflows with this status.' },
      limit: { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT, description: 'How many at most.' },
      cursor: { type: 'string', maxLength: 8192, description: '`nextCursor` of the previous page; keep the other parameters the same.' },
    },
    responses: { 200: json('A page.', { $ref: '#/components/schemas/WorkflowPage' }) },
    problems: ['bad-cursor', 'bad-visibility-query'],
    async handle(request) {
      const { type, status, limit, cursor } = queryOf<ListQuery>(request.query)
      const types = readableTypes(api, request.caller as Caller, type)
      return listWorkflows(api, request, { query: visibilityQuery(types, status), limit, cursor })
    },
  })
}

function readableTypes({ contract }: ApiContext, { scopes }: Caller, wanted: string | undefined): string[] {
  const candidates = Object.entries(contract.workflows).filter(([type]) => wanted === undefined || type === wanted)
  const allowed = candidates.filter(([, { access }]) => access.read !== undefined && scopes.has(access.read))
  if (allowed.length > 0) return allowed.map(([type]) => type)
  const scope = candidates.find(([, { access }]) => access.read !== undefined)?.[1].access.read
  throw scope === undefined ? problem('forbidden', 'the contract grants this operation to nobody') : missingScope(scope)
}
