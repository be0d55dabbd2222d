import { follow } from './events.ts'
import { listClient } from './lists.ts'
import {
  type CallOptions,
  type ClientOptions,
  type MessageOptions,
  type QueryOptions,
  type ResetOptions,
  type ResultOptions,
  type Run,
  type RunOptions,
  type StartOptions,
  StillRunning,
  type WorkflowDescription,
} from './public.ts'
import { scheduleHandle, scheduleList } from './schedules.ts'
import { type Caller, key, mapValues, type Request, send } from './send.ts'

/** A workflow of the contract, as the calls below need it: names in the API by names in the client. */
interface Workflow extends Pick<Caller, 'errors'> {
  readonly type: string
  readonly signals: Readonly<Record<string, string>>
  /** `POST` for those with an input. */
  readonly queries: Readonly<Record<string, readonly [name: string, method: 'GET' | 'POST']>>
  readonly updates: Readonly<Record<string, string>>
}

interface Parts {
  readonly workflows: Readonly<Record<string, Workflow>>
  readonly schedules: Readonly<Record<string, string>>
}

/** Seconds that the API is asked to wait for an end, in one request. */
const WAIT_SECONDS = 30

export function createClient<Client>(options: ClientOptions, { workflows, schedules }: Parts): Client {
  const caller: Caller = { options, errors: {} }
  return {
    ...mapValues(workflows, (workflow) => workflowClient({ options, errors: workflow.errors }, workflow)),
    ...listClient(caller),
    ...scheduleList(caller),
    schedules: mapValues(schedules, (name) => scheduleHandle(caller, name)),
  } as Client
}

function workflowClient(caller: Caller, workflow: Workflow) {
  const path = `/v1/workflows/${encodeURIComponent(workflow.type)}`
  const get = (workflowId: string) => workflowHandle(caller, workflow, workflowId)
  const start = async (input: unknown, { workflowId, idempotencyKey, signal }: StartOptions = {}) => {
    const headers = { ...key(idempotencyKey), ...(workflowId !== undefined && { 'workflow-id': workflowId }) }
    const { body } = await send(caller, { method: 'POST', path, headers, body: input, repeatable: true, signal })
    return get((body as Run).workflowId)
  }
  return {
    get,
    start,
    async ensure(workflowId: string, input: unknown, { idempotencyKey, signal }: MessageOptions = {}) {
      // Without a key of the caller, the id and the input are the key.
      const headers = idempotencyKey === undefined ? {} : key(idempotencyKey)
      await send(caller, { method: 'PUT', path: `${path}/${encodeURIComponent(workflowId)}`, headers, body: input, repeatable: true, signal })
      return get(workflowId)
    },
    async run(input: unknown, { timeoutMs, ...rest }: StartOptions & ResultOptions = {}) {
      const handle = await start(input, rest)
      return handle.result({ ...(timeoutMs !== undefined && { timeoutMs }), ...(rest.signal && { signal: rest.signal }) })
    },
    signalWithStart: mapValues(workflow.signals, (name) => async (workflowId: string, body: unknown, { idempotencyKey, signal }: MessageOptions = {}) => {
      const to = `${path}/${encodeURIComponent(workflowId)}/signal-with-start/${encodeURIComponent(name)}`
      await send(caller, { method: 'POST', path: to, headers: key(idempotencyKey), body, repeatable: true, signal })
      return get(workflowId)
    }),
    updateWithStart: mapValues(workflow.updates, (name) => (workflowId: string, body: unknown, options?: MessageOptions) => {
      const of = `${path}/${encodeURIComponent(workflowId)}`
      const at = { first: `${of}/update-with-start/${encodeURIComponent(name)}`, later: `${of}/updates/${encodeURIComponent(name)}` }
      return update(caller, { at, body }, options)
    }),
  }
}

interface Update {
  /** Where it is sent, and below which path its state is. */
  readonly at: { readonly first: string; readonly later: string }
  readonly body: unknown
}

/** Sends an update, and waits for its outcome. */
async function update(caller: Caller, { at, body }: Update, { idempotencyKey, signal }: MessageOptions = {}): Promise<unknown> {
  const headers = { ...key(idempotencyKey), prefer: `wait=${WAIT_SECONDS}` }
  let answer = await send(caller, { method: 'POST', path: at.first, headers, body, repeatable: true, signal })
  while (answer.status === 202) {
    const { updateId } = answer.body as { updateId: string }
    const path = `${at.later}/${encodeURIComponent(updateId)}?wait=${WAIT_SECONDS}`
    answer = await send(caller, { method: 'GET', path, repeatable: true, signal })
  }
  return (answer.body as { result: unknown }).result
}

function workflowHandle(caller: Caller, workflow: Workflow, workflowId: string) {
  const path = `/v1/workflows/${encodeURIComponent(workflow.type)}/${encodeURIComponent(workflowId)}`
  const call = (request: Omit<Request, 'path'> & { readonly to: string }) => send(caller, { ...request, path: path + request.to })
  const end =
    (to: string, repeatable: boolean) =>
    async (reason?: string, { signal }: CallOptions = {}) => {
      await call({ method: 'POST', to, ...(reason !== undefined && { body: { reason } }), repeatable, signal })
    }
  return {
    workflowId,
    async describe({ runId, signal }: RunOptions = {}) {
      return (await call({ method: 'GET', to: runId === undefined ? '' : `?run=${runId}`, repeatable: true, signal })).body as WorkflowDescription
    },
    async result({ timeoutMs = Number.POSITIVE_INFINITY, runId, signal }: ResultOptions = {}) {
      const deadline = Date.now() + timeoutMs
      for (;;) {
        const seconds = Math.max(0, Math.min(WAIT_SECONDS, Math.ceil((deadline - Date.now()) / 1000)))
        const to = `/result?wait=${seconds}${runId === undefined ? '' : `&run=${runId}`}`
        const { status, body } = await call({ method: 'GET', to, repeatable: true, signal })
        if (status === 200) return (body as { result: unknown }).result
        if (Date.now() >= deadline) throw new StillRunning(workflowId)
      }
    },
    events: ({ signal }: CallOptions = {}) => follow(caller, `${path}/events`, signal),
    cancel: end('/cancel', true),
    terminate: end('/terminate', false),
    async reset(to: 'first' | 'last' | number, { reason, idempotencyKey, signal }: ResetOptions = {}) {
      const body = { to, ...(reason !== undefined && { reason }) }
      return (await call({ method: 'POST', to: '/reset', headers: key(idempotencyKey), body, repeatable: true, signal })).body as Run
    },
    signals: mapValues(workflow.signals, (name) => async (input: unknown, { idempotencyKey, signal }: MessageOptions = {}) => {
      const to = `/signals/${encodeURIComponent(name)}`
      await call({ method: 'POST', to, headers: key(idempotencyKey), body: input, repeatable: true, signal })
    }),
    queries: mapValues(workflow.queries, ([name, method]) => async (...args: readonly unknown[]) => {
      const [input, { rejectClosed = false, signal } = {}] = (method === 'POST' ? args : [undefined, ...args]) as [unknown, QueryOptions?]
      const to = `/queries/${encodeURIComponent(name)}${rejectClosed ? '?rejectClosed=true' : ''}`
      const { body } = await call({ method, to, body: input, repeatable: true, signal })
      return (body as { result: unknown }).result
    }),
    updates: mapValues(workflow.updates, (name) => (input: unknown, options?: MessageOptions) => {
      const at = `${path}/updates/${encodeURIComponent(name)}`
      return update(caller, { at: { first: at, later: at }, body: input }, options)
    }),
  }
}
