import type { ContractManifest } from '../manifest.ts'
import { BOTH, CLIENTS, compareMembers, type ContractChange, narrowed, outdated, RUNNING, widened } from './change.ts'
import { errorChanges } from './error-changes.ts'

type Workflow = ContractManifest['workflows'][string]

/** What changed in a workflow. */
export function* workflowChanges(path: string, old: Workflow, now: Workflow): Generator<ContractChange> {
  for (const change of changes(path, old, now)) {
    // Over HTTP nobody knows it.
    yield old.http === false ? { ...change, breaks: change.breaks.filter((audience) => audience !== 'api-clients') } : change
  }
}

function* changes(path: string, old: Workflow, now: Workflow): Generator<ContractChange> {
  yield* narrowed(old.input, now.input, {
    path: `${path}.input`,
    breaks: BOTH,
    because: 'requests that were accepted are refused, and workflows that were started with such an input fail when they are replayed',
  })
  yield* widened(old.output, now.output, { path: `${path}.output`, breaks: CLIENTS, because: 'callers do not expect it' })
  yield* outdated(old.output, now.output, {
    path: `${path}.output`,
    breaks: CLIENTS,
    because: 'results of workflows that ended before do not fit, and cannot be read over the API any more',
  })
  yield* errorChanges(`${path}.errors`, old.errors, now.errors)
  yield* messageChanges(path, old, now)
  if (old.idempotency !== now.idempotency)
    yield {
      path: `${path}.idempotency`,
      breaks: CLIENTS,
      message: `is ${now.idempotency} instead of ${old.idempotency}: a second start with the same id means something else`,
    }
  if (old.executionTimeout !== now.executionTimeout)
    yield {
      path: `${path}.executionTimeout`,
      breaks: [],
      message: `is ${now.executionTimeout ?? 'no limit'} instead of ${old.executionTimeout ?? 'no limit'}: it is that of workflows that start from now on`,
    }
  yield* exposureChanges(path, old, now)
  if (JSON.stringify(old.objectives) !== JSON.stringify(now.objectives))
    yield { path: `${path}.objectives`, breaks: [], message: 'are others: dashboards and alerts follow' }
}

function* messageChanges(path: string, old: Workflow, now: Workflow): Generator<ContractChange> {
  yield* compareMembers(
    { path: `${path}.signals`, old: old.signals, new: now.signals },
    {
      removed: () => ({ breaks: BOTH, message: 'is gone: nobody can send it, and workflows that got one do something else when they are replayed' }),
      added: () => ({ breaks: [], message: 'is new' }),
      both: function* (place, before, after) {
        yield* narrowed(before.input, after.input, {
          path: `${place}.input`,
          breaks: BOTH,
          because: 'signals that were accepted are refused, and those in a history are dropped when it is replayed',
        })
        yield* withStartChanges(place, before, after)
      },
    },
  )
  yield* compareMembers(
    { path: `${path}.queries`, old: old.queries, new: now.queries },
    {
      removed: () => ({ breaks: CLIENTS, message: 'is gone: nobody can ask it' }),
      added: () => ({ breaks: [], message: 'is new' }),
      both: function* (place, before, after) {
        if ((before.input === undefined) !== (after.input === undefined))
          yield {
            path: `${place}.input`,
            breaks: CLIENTS,
            message: `is ${after.input ? 'needed now' : 'gone'}: the query is asked by ${after.input ? 'POST instead of GET' : 'GET instead of POST'}`,
          }
        yield* narrowed(before.input, after.input, { path: `${place}.input`, breaks: CLIENTS, because: 'queries that were accepted are refused' })
        yield* widened(before.output, after.output, { path: `${place}.output`, breaks: CLIENTS, because: 'callers do not expect it' })
      },
    },
  )
  yield* compareMembers(
    { path: `${path}.updates`, old: old.updates, new: now.updates },
    {
      removed: () => ({ breaks: BOTH, message: 'is gone: nobody can send it, and workflows that carried one out fail when they are replayed' }),
      added: () => ({ breaks: [], message: 'is new' }),
      both: function* (place, before, after) {
        yield* narrowed(before.input, after.input, {
          path: `${place}.input`,
          breaks: BOTH,
          because: 'updates that were accepted are refused, also those in a history when it is replayed',
        })
        yield* widened(before.output, after.output, { path: `${place}.output`, breaks: CLIENTS, because: 'callers do not expect it' })
        yield* outdated(before.output, after.output, {
          path: `${place}.output`,
          breaks: RUNNING,
          because: 'an update that a workflow carried out before fails when it is replayed',
        })
        yield* withStartChanges(place, before, after)
      },
    },
  )
}

function* withStartChanges(path: string, old: { readonly withStart?: boolean }, now: { readonly withStart?: boolean }): Generator<ContractChange> {
  if (old.withStart && !now.withStart)
    yield { path: `${path}.withStart`, breaks: CLIENTS, message: 'is gone: it cannot be sent together with a start any more' }
}

function* exposureChanges(path: string, old: Workflow, now: Workflow): Generator<ContractChange> {
  if (old.http !== false && now.http === false) yield { path: `${path}.http`, breaks: CLIENTS, message: 'is false: it has no route any more' }
  if (old.http === false && now.http !== false) yield { path: `${path}.http`, breaks: [], message: 'has routes now' }
  const progress = old.http ? old.http.progress : undefined
  if (progress !== undefined && now.http !== false && now.http?.progress !== progress)
    yield {
      path: `${path}.http.progress`,
      breaks: CLIENTS,
      message: `is ${now.http?.progress ?? 'no query'} instead of ${progress}: the events of a workflow carry something else`,
    }
  yield* compareMembers<string | undefined>(
    { path: `${path}.access`, old: old.access, new: now.access },
    {
      removed: () => ({ breaks: CLIENTS, message: 'is gone: the operation is refused to everyone' }),
      added: (scope) => ({ breaks: [], message: `is granted to the scope ${scope}` }),
      both: function* (place, before, after) {
        if (before !== after) yield { path: place, breaks: CLIENTS, message: `is the scope ${after} instead of ${before}: tokens that were enough are refused` }
      },
    },
  )
}
