import { type Contract, type JsonSchema, type ScheduleDefinition, scheduleId, type WorkflowDefinition } from '@sundial/contract'
import type { ScheduleDescription } from '@temporalio/client'
import type { FastifyRequest } from 'fastify'
import type { ApiContext } from '../api-context.ts'
import { enter, permits, refusal, requireAccess } from '../auth/access.ts'
import { problem } from '../http/api-problem.ts'
import { pascalCase } from '../openapi/names.ts'
import { readReason, reasonOf } from './end.ts'
import { operation, type OperationOptions, type OperationRoute } from './operation.ts'
import { empty, json } from './responses.ts'
import { shownWorkflows } from './workflow-view.ts'

const TIME: JsonSchema = { type: 'string', format: 'date-time' }
const TAG = 'schedules'

/** Where a schedule stands. */
export const SCHEDULE_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['name', 'workflow', 'paused', 'next', 'recent', 'running'],
  properties: {
    name: { type: 'string' },
    workflow: { type: 'string', description: 'The type that it starts.' },
    paused: { type: 'boolean' },
    note: { type: 'string', description: 'Who paused it or let it go on, and why.' },
    next: { type: 'array', items: TIME, description: 'When it starts the next ones; empty while it is paused for good.' },
    recent: {
      type: 'array',
      description: 'What it started last, the latest first.',
      items: {
        type: 'object',
        required: ['dueAt', 'startedAt', 'workflowId'],
        properties: { dueAt: TIME, startedAt: TIME, workflowId: { type: 'string' } },
      },
    },
    running: { type: 'array', items: { type: 'string' }, description: 'Ids of workflows that it started and that still run.' },
  },
}

export const SCHEDULES_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['items'],
  properties: { items: { type: 'array', items: { $ref: '#/components/schemas/Schedule' } } },
}

/** A schedule of the contract, as its routes see it. */
interface ScheduleView {
  readonly name: string
  readonly schedule: ScheduleDefinition
  readonly workflow: WorkflowDefinition
}

/** The schedules whose workflows the API shows. */
export function shownSchedules(contract: Contract): ScheduleView[] {
  const shown = new Map(shownWorkflows(contract))
  return Object.entries(contract.schedules ?? {}).flatMap(([name, schedule]) => {
    const workflow = shown.get(schedule.workflow)
    return workflow ? [{ name, schedule, workflow }] : []
  })
}

/** The list of the schedules, and what can be asked of each. They are made and removed with the contract, and not here. */
export function* scheduleRoutes(api: ApiContext): Generator<OperationRoute> {
  const views = shownSchedules(api.contract)
  if (views.length === 0) return
  yield listRoute(api, views)
  for (const view of views) {
    yield describeRoute(api, view)
    yield changeRoute(api, view, {
      verb: 'pause',
      operation: 'schedule',
      summary: 'Start nothing more, until it is resumed',
      act: (handle, note) => handle.pause(note),
    })
    yield changeRoute(api, view, { verb: 'resume', operation: 'schedule', summary: 'Go on', act: (handle, note) => handle.unpause(note) })
    yield changeRoute(api, view, { verb: 'trigger', operation: 'start', summary: 'Start one now, whatever its times are', act: (handle) => handle.trigger() })
  }
}

function listRoute(api: ApiContext, views: readonly ScheduleView[]): OperationRoute {
  return operation({
    kind: 'schedule',
    method: 'GET',
    url: '/v1/schedules',
    operationId: 'listSchedules',
    summary: 'List schedules',
    description: 'Those of the workflows that the caller may read.',
    tag: TAG,
    access: async (request) => {
      const caller = await enter(api, request)
      refuseTenants(api, request)
      if (!views.some(({ workflow }) => permits(caller, workflow.access, 'read')))
        throw refusal(views.find(({ workflow }) => workflow.access.read)?.workflow.access.read)
    },
    scope: [...new Set(views.flatMap(({ workflow }) => workflow.access.read ?? []))],
    responses: { 200: json('All of them.', { $ref: '#/components/schemas/ScheduleList' }) },
    problems: ['not-found'],
    async handle(request) {
      const { caller } = request
      const readable = views.filter(({ workflow }) => caller && permits(caller, workflow.access, 'read'))
      return { items: await Promise.all(readable.map((view) => look(api, request, view))) }
    },
  })
}

function describeRoute(api: ApiContext, view: ScheduleView): OperationRoute {
  const { access } = view.workflow
  return operation({
    ...place(view, ''),
    method: 'GET',
    operationId: `describe${pascalCase(view.name)}Schedule`,
    summary: view.schedule.description,
    access: guard(api, access, 'read'),
    scope: access.read,
    responses: { 200: json('Where it stands.', { $ref: '#/components/schemas/Schedule' }) },
    handle: (request) => look(api, request, view),
  })
}

interface Change {
  readonly verb: 'pause' | 'resume' | 'trigger'
  readonly operation: 'schedule' | 'start'
  readonly summary: string
  act(handle: ReturnType<ApiContext['temporal']['client']['schedule']['getHandle']>, note: string): Promise<void>
}

function changeRoute(api: ApiContext, view: ScheduleView, { verb, operation: needed, summary, act }: Change): OperationRoute {
  const { access } = view.workflow
  return operation({
    ...place(view, `/${verb}`),
    method: 'POST',
    operationId: `${verb}${pascalCase(view.name)}Schedule`,
    summary: `${summary}: ${view.schedule.description}`,
    access: guard(api, access, needed),
    scope: access[needed],
    body: { schema: { $ref: '#/components/schemas/Reason' }, optional: true },
    responses: { 204: empty('Done.') },
    async handle(request, reply) {
      const note = reasonOf(request, readReason(request.body))
      await api.temporal.call(() => act(handleOf(api, view), note), { signal: request.gone })
      return reply.code(204).send()
    },
  })
}

function place({ name }: ScheduleView, end: string) {
  return {
    kind: 'schedule',
    url: `/v1/schedules/${encodeURIComponent(name)}${end}`,
    tag: TAG,
    problems: ['not-found', 'invalid-argument'],
  } as const satisfies Partial<OperationOptions>
}

/** Schedules start workflows for no tenant in particular, so they are for those who act for all. */
function guard(api: ApiContext, access: WorkflowDefinition['access'], needed: 'read' | 'schedule' | 'start'): OperationOptions['access'] {
  return [requireAccess(api, access, needed), async (request) => refuseTenants(api, request)]
}

function refuseTenants({ contract }: ApiContext, { tenant }: FastifyRequest): void {
  if (!tenant) return
  const scope = contract.tenant?.allTenants
  throw scope === undefined ? problem('forbidden', 'schedules are of no tenant') : refusal(scope)
}

function handleOf({ temporal, contract }: ApiContext, { name }: ScheduleView) {
  return temporal.client.schedule.getHandle(scheduleId(contract.name, name))
}

async function look(api: ApiContext, { gone }: FastifyRequest, view: ScheduleView): Promise<Record<string, unknown>> {
  const { state, info } = await api.temporal.call<ScheduleDescription>(() => handleOf(api, view).describe(), { signal: gone })
  return {
    name: view.name,
    workflow: view.schedule.workflow,
    paused: state.paused,
    ...(state.note !== undefined && state.note !== '' && { note: state.note }),
    next: info.nextActionTimes,
    recent: info.recentActions
      .map(({ scheduledAt, takenAt, action }) => ({ dueAt: scheduledAt, startedAt: takenAt, workflowId: action.workflow.workflowId }))
      .toReversed(),
    running: info.runningActions.map(({ workflow }) => workflow.workflowId),
  }
}
