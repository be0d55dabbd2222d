import type { ContractManifest } from '../manifest.ts'
import { CLIENTS, compareMembers, type ContractChange, outdated, RUNNING, widened } from './change.ts'

type Errors = ContractManifest['workflows'][string]['errors']

/** The status of an error that names none. */
const STATUS = 422

/** What changed in the errors of a workflow, which callers read. */
export function* errorChanges(path: string, old: Errors, now: Errors): Generator<ContractChange> {
  yield* compareMembers(
    { path, old, new: now },
    {
      removed: () => ({ breaks: CLIENTS, message: 'is gone: workflows that ended with it answer as ordinary failures' }),
      added: () => ({ breaks: [], message: 'is new' }),
      both: function* (place, before, after) {
        const status = after.httpStatus ?? STATUS
        if ((before.httpStatus ?? STATUS) !== status)
          yield {
            path: `${place}.httpStatus`,
            breaks: CLIENTS,
            message: `is ${status} instead of ${before.httpStatus ?? STATUS}: callers look for the other one`,
          }
        if ((before.retryable ?? false) !== (after.retryable ?? false))
          yield {
            path: `${place}.retryable`,
            breaks: CLIENTS,
            message: `is ${after.retryable ?? false}: callers do something else, and workflows that ended with it answer as ordinary failures`,
          }
        if ((before.data === undefined) !== (after.data === undefined))
          yield {
            path: `${place}.data`,
            breaks: CLIENTS,
            message: after.data ? 'is new: workflows that ended with the error before have none, and answer as ordinary failures' : 'is gone: callers read it',
          }
        yield* widened(before.data, after.data, { path: `${place}.data`, breaks: CLIENTS, because: 'callers do not expect it' })
        yield* outdated(before.data, after.data, {
          path: `${place}.data`,
          breaks: CLIENTS,
          because: 'workflows that ended with other data answer as ordinary failures',
        })
      },
    },
  )
}

/** What changed in the errors of an activity, which workflows read in their histories. */
export function* activityErrorChanges(path: string, old: Errors, now: Errors): Generator<ContractChange> {
  yield* compareMembers(
    { path, old, new: now },
    {
      removed: () => ({ breaks: RUNNING, message: 'is gone: a workflow that got it does not know it when it is replayed' }),
      added: () => ({ breaks: [], message: 'is new' }),
      both: function* (place, before, after) {
        if ((before.retryable ?? false) !== (after.retryable ?? false))
          yield {
            path: `${place}.retryable`,
            breaks: RUNNING,
            message: `is ${after.retryable ?? false}: a workflow that got the error before does not know it when it is replayed`,
          }
        yield* widened(before.data, after.data, { path: `${place}.data`, breaks: RUNNING, because: 'workflows do not expect it' })
      },
    },
  )
}
