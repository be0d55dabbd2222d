import type { ContractManifest } from '../manifest.ts'
import { BOTH, CLIENTS, compareMembers, type ContractChange, narrowed, outdated, RUNNING } from './change.ts'
import { activityErrorChanges } from './error-changes.ts'
import { workflowChanges } from './workflow-changes.ts'

/** Everything that differs between two versions of a contract and matters to somebody: what breaks, and what does not. */
export function contractChanges(old: ContractManifest, now: ContractManifest): ContractChange[] {
  return [...changes(old, now)]
}

function* changes(old: ContractManifest, now: ContractManifest): Generator<ContractChange> {
  if (old.taskQueue !== now.taskQueue)
    yield {
      path: 'taskQueue',
      breaks: RUNNING,
      message: `is ${now.taskQueue} instead of ${old.taskQueue}: workflows that run wait on the old one, where no worker of this contract looks`,
    }
  yield* attributeChanges(old, now)
  yield* tenantChanges(old, now)
  yield* compareMembers(
    { path: 'workflows', old: old.workflows, new: now.workflows },
    {
      removed: ({ http }) => ({ breaks: http === false ? RUNNING : BOTH, message: 'is gone: those that run stop where they are, and nobody can call it' }),
      added: () => ({ breaks: [], message: 'is new' }),
      both: workflowChanges,
    },
  )
  yield* compareMembers(
    { path: 'activities', old: old.activities, new: now.activities },
    {
      removed: () => ({ breaks: RUNNING, message: 'is gone: workflows that called it, or wait for it, fail when they go on' }),
      added: () => ({ breaks: [], message: 'is new' }),
      both: activityChanges,
    },
  )
  yield* compareMembers(
    { path: 'schedules', old: old.schedules, new: now.schedules },
    {
      removed: () => ({ breaks: [], message: 'is gone: it is removed from Temporal' }),
      added: () => ({ breaks: [], message: 'is new' }),
      both: function* (path, before, after) {
        if (JSON.stringify(before) !== JSON.stringify(after)) yield { path, breaks: [], message: 'is another: it is changed in Temporal' }
      },
    },
  )
}

function* activityChanges(path: string, old: ContractManifest['activities'][string], now: ContractManifest['activities'][string]): Generator<ContractChange> {
  yield* narrowed(old.input, now.input, {
    path: `${path}.input`,
    breaks: RUNNING,
    because: 'calls that are under way, and those in a history when it is replayed, are refused',
  })
  yield* outdated(old.output, now.output, { path: `${path}.output`, breaks: RUNNING, because: 'a result in a history is refused when it is replayed' })
  yield* activityErrorChanges(`${path}.errors`, old.errors, now.errors)
  for (const limit of ['startToCloseTimeout', 'scheduleToCloseTimeout', 'heartbeatTimeout'] as const) {
    if (old[limit] !== now[limit])
      yield {
        path: `${path}.${limit}`,
        breaks: [],
        message: `is ${now[limit] ?? 'not there'} instead of ${old[limit] ?? 'not there'}: it is that of calls from now on`,
      }
  }
  if (JSON.stringify(old.retry) !== JSON.stringify(now.retry))
    yield { path: `${path}.retry`, breaks: [], message: 'is another: it is that of calls from now on' }
}

function* attributeChanges(old: ContractManifest, now: ContractManifest): Generator<ContractChange> {
  yield* compareMembers(
    { path: 'searchAttributes', old: old.searchAttributes, new: now.searchAttributes },
    {
      removed: () => ({ breaks: BOTH, message: 'is gone: workflows that set it fail when they are replayed, and lists cannot be filtered by it' }),
      added: () => ({ breaks: [], message: 'is new' }),
      both: function* (path, before, after) {
        if (before !== after)
          yield { path, breaks: BOTH, message: `is of the type ${after} instead of ${before}: Temporal cannot change a type; give the attribute another name` }
      },
    },
  )
}

function* tenantChanges({ tenant: old }: ContractManifest, { tenant: now }: ContractManifest): Generator<ContractChange> {
  if (JSON.stringify(old) === JSON.stringify(now)) return
  if (!now) yield { path: 'tenant', breaks: [], message: 'is gone: every caller sees the workflows of all tenants' }
  else
    yield {
      path: 'tenant',
      breaks: CLIENTS,
      message: `is ${old ? 'another' : 'new'}: tokens without the claim ${now.claim} are refused, and workflows that were started before are not found`,
    }
}
