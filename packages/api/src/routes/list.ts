import type { JsonSchema } from '@sundial/contract'
import type { FastifyRequest } from 'fastify'
import type { ApiContext } from '../api-context.ts'
import { enter, permits, refusal } from '../auth/access.ts'
import { tenantFilters } from '../auth/tenant.ts'
import type { Caller } from '../auth/verifier.ts'
import { countWorkflows, listWorkflows } from '../temporal/list.ts'
import { STATUS_NAMES } from '../temporal/statuses.ts'
import { type FilterValue, visibilityQuery } from '../temporal/visibility-query.ts'
import { createFilters, type Filters } from './filters.ts'
import { operation, type OperationOptions, type OperationRoute } from './operation.ts'
import { queryOf } from './parameters.ts'
import { json } from './responses.ts'
import { shownWorkflows } from './workflow-view.ts'

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

export const COUNT_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['count'],
  properties: {
    count: { type: 'integer' },
    byStatus: { type: 'object', description: 'How many have each status; those that none has are left out.', additionalProperties: { type: 'integer' } },
  },
}

type SelectQuery = Readonly<Record<string, FilterValue>>

interface ListQuery {
  readonly limit: number
  readonly cursor?: string
}

/** The list of the workflows of every type that the caller may read, and of no other; and how many those are. */
export function listRoutes(api: ApiContext): OperationRoute[] {
  const filters = createFilters(api.contract)
  const common = {
    kind: 'list',
    method: 'GET',
    description: 'Those of the types that the caller may read. A workflow that has just started or ended may be missing or old for a moment.',
    tag: 'workflows',
    access: async (request) => void (await enter(api, request)),
    scope: [...new Set(shownWorkflows(api.contract).flatMap(([, { access }]) => access.read ?? []))],
  } as const satisfies Partial<OperationOptions>
  const list = operation({
    ...common,
    url: '/v1/workflows',
    operationId: 'listWorkflows',
    summary: 'List workflows: open ones first, then those that closed last',
    query: {
      ...filters.parameters,
      limit: { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT, description: 'How many at most.' },
      cursor: { type: 'string', maxLength: 8192, description: '`nextCursor` of the previous page; keep the other parameters the same.' },
    },
    responses: { 200: json('A page.', { $ref: '#/components/schemas/WorkflowPage' }) },
    problems: ['bad-cursor', 'bad-visibility-query'],
    async handle(request) {
      const { limit, cursor } = queryOf<ListQuery>(request.query)
      return listWorkflows(api, request, { query: select(api, filters, request), limit, cursor })
    },
  })
  const count = operation({
    ...common,
    // The router takes one colon for a parameter.
    url: '/v1/workflows::count',
    operationId: 'countWorkflows',
    summary: 'Count workflows',
    query: { ...filters.parameters, by: { type: 'string', enum: ['status'], description: 'Count those of each status, too.' } },
    responses: { 200: json('How many there are.', { $ref: '#/components/schemas/WorkflowCount' }) },
    problems: ['bad-visibility-query'],
    async handle(request) {
      const byStatus = queryOf<{ by?: string }>(request.query).by === 'status'
      return countWorkflows(api, request, { query: select(api, filters, request), byStatus })
    },
  })
  return [list, count]
}

function select(api: ApiContext, filters: Filters, { caller, tenant, query }: FastifyRequest): string {
  const asked = queryOf<SelectQuery>(query)
  return visibilityQuery(readableTypes(api, caller as Caller, asked['type'] as string | undefined), [...tenantFilters(tenant), ...filters.read(asked)])
}

function readableTypes({ contract }: ApiContext, caller: Caller, wanted: string | undefined): string[] {
  const candidates = shownWorkflows(contract).filter(([type]) => wanted === undefined || type === wanted)
  const allowed = candidates.filter(([, { access }]) => permits(caller, access, 'read'))
  if (allowed.length > 0) return allowed.map(([type]) => type)
  throw refusal(candidates.find(([, { access }]) => access.read !== undefined)?.[1].access.read)
}
