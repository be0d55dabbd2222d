import type { CallOptions, ListOptions, WorkflowCount, WorkflowFilter, WorkflowList, WorkflowPage } from './public.ts'
import { type Caller, send } from './send.ts'

/** The calls that are about the workflows of every type. */
export function listClient(caller: Caller) {
  const get = async (path: string, query: URLSearchParams, signal: AbortSignal | undefined) =>
    (await send(caller, { method: 'GET', path: `${path}?${query.toString()}`, repeatable: true, signal })).body
  return {
    listWorkflows(filter: WorkflowFilter = {}, { pageSize, cursor, signal }: ListOptions = {}): WorkflowList {
      async function* pages() {
        let next = cursor
        do {
          const query = filterQuery(filter)
          if (pageSize !== undefined) query.set('limit', String(pageSize))
          if (next !== undefined) query.set('cursor', next)
          const page = (await get('/v1/workflows', query, signal)) as WorkflowPage
          yield page
          next = page.nextCursor
        } while (next !== undefined)
      }
      return {
        pages,
        async *[Symbol.asyncIterator]() {
          for await (const { items } of pages()) yield* items
        },
      }
    },
    async countWorkflows(filter: WorkflowFilter = {}, { signal }: CallOptions = {}): Promise<WorkflowCount> {
      const query = filterQuery(filter)
      query.set('by', 'status')
      return (await get('/v1/workflows:count', query, signal)) as WorkflowCount
    },
  }
}

type Value = string | number | boolean | Date

/** A filter as the API has it: what begins with something is `name.prefix`, and bounds are `name.gte` and the like. */
function filterQuery({ workflowId, attributes, ...simple }: WorkflowFilter): URLSearchParams {
  const query = new URLSearchParams()
  const set = (name: string, value: Value | undefined) => {
    if (value !== undefined) query.set(name, value instanceof Date ? value.toISOString() : String(value))
  }
  for (const [name, value] of Object.entries(simple)) set(name, value)
  if (typeof workflowId === 'object') set('workflowIdPrefix', workflowId.prefix)
  else set('workflowId', workflowId)
  for (const [name, condition] of Object.entries((attributes ?? {}) as Readonly<Record<string, Value | Readonly<Record<string, Value>>>>)) {
    if (typeof condition === 'object' && !(condition instanceof Date))
      for (const [bound, value] of Object.entries(condition)) set(`attr.${name}.${bound}`, value)
    else set(`attr.${name}`, condition)
  }
  return query
}
