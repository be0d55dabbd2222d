import type { FastifyInstance } from 'fastify'
import type { ApiContext } from '../api-context.ts'
import type { Components } from '../openapi/components.ts'
import { PROBLEM_SCHEMA } from '../openapi/problem-schema.ts'
import { describeRoute, WORKFLOW_SCHEMA } from './describe.ts'
import { cancelRoute, REASON_SCHEMA, terminateRoute } from './end.ts'
import { eventsRoute } from './events.ts'
import { COUNT_SCHEMA, listRoutes, PAGE_SCHEMA, SUMMARY_SCHEMA } from './list.ts'
import type { OperationRoute } from './operation.ts'
import { queryRoute } from './query.ts'
import { RESET_SCHEMA, resetRoute } from './reset.ts'
import { resultRoute } from './result.ts'
import { SCHEDULE_SCHEMA, scheduleRoutes, SCHEDULES_SCHEMA, shownSchedules } from './schedules.ts'
import { signalRoute } from './signal.ts'
import { startRoutes } from './start.ts'
import { updateRoute } from './update.ts'
import { updateStateRoute } from './update-state.ts'
import { signalWithStartRoute, updateWithStartRoute } from './with-start.ts'
import { RUN_SCHEMA, shownWorkflows, viewWorkflow, type WorkflowView } from './workflow-view.ts'

const SHARED_SCHEMAS = {
  Problem: PROBLEM_SCHEMA,
  Reason: REASON_SCHEMA,
  Workflow: WORKFLOW_SCHEMA,
  WorkflowSummary: SUMMARY_SCHEMA,
  WorkflowPage: PAGE_SCHEMA,
  WorkflowCount: COUNT_SCHEMA,
  Run: RUN_SCHEMA,
  Reset: RESET_SCHEMA,
}

const SCHEDULE_SCHEMAS = { Schedule: SCHEDULE_SCHEMA, ScheduleList: SCHEDULES_SCHEMA }

/** Adds the routes of every workflow of the contract. */
export function addRoutes(app: FastifyInstance, api: ApiContext, components: Components): void {
  for (const [name, schema] of Object.entries(SHARED_SCHEMAS)) components.add(name, schema)
  if (shownSchedules(api.contract).length > 0) for (const [name, schema] of Object.entries(SCHEDULE_SCHEMAS)) components.add(name, schema)
  const limit = app.rateLimit()
  for (const { onRequest, ...route } of allRoutes(api, components)) app.route({ ...route, onRequest: [...onRequest, limit] })
}

function* allRoutes(api: ApiContext, components: Components): Generator<OperationRoute> {
  yield* listRoutes(api)
  yield* scheduleRoutes(api)
  for (const [type, definition] of shownWorkflows(api.contract)) yield* workflowRoutes(api, viewWorkflow(components, type, definition))
}

function* workflowRoutes(api: ApiContext, view: WorkflowView): Generator<OperationRoute> {
  const { signals = {}, queries = {}, updates = {} } = view.definition
  yield* startRoutes(api, view)
  yield describeRoute(api, view)
  yield resultRoute(api, view)
  yield eventsRoute(api, view)
  for (const signal of Object.entries(signals)) {
    yield signalRoute(api, view, signal)
    if (signal[1].withStart) yield signalWithStartRoute(api, view, signal)
  }
  for (const query of Object.entries(queries)) yield queryRoute(api, view, query)
  for (const update of Object.entries(updates)) {
    yield updateRoute(api, view, update)
    yield updateStateRoute(api, view, update)
    if (update[1].withStart) yield updateWithStartRoute(api, view, update)
  }
  yield cancelRoute(api, view)
  yield terminateRoute(api, view)
  yield resetRoute(api, view)
}
