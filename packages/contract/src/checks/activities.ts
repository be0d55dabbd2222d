import { checkDuration } from './duration.ts'
import { checkErrors } from './errors.ts'
import type { ActivityDefinition, Contract } from '../contract.ts'
import type { Duration } from '../duration.ts'

/** The server's own default for the first pause, in milliseconds. */
const INITIAL_INTERVAL_MS = 1000

export function* checkActivities(contract: Contract): Generator<string> {
  for (const [type, activity] of Object.entries(contract.activities)) {
    const path = `activities.${type}`
    yield* checkTimeouts(path, activity)
    yield* checkRetry(`${path}.retry`, activity.retry)
    yield* checkErrors(path, activity.errors)
  }
}

function* checkTimeouts(path: string, { startToCloseTimeout, scheduleToCloseTimeout, heartbeatTimeout }: ActivityDefinition): Generator<string> {
  const attempt = yield* checkBound(`${path}.startToCloseTimeout`, startToCloseTimeout, 'how long one attempt may take')
  const total = yield* checkBound(`${path}.scheduleToCloseTimeout`, scheduleToCloseTimeout, 'how long all attempts together may take')
  if (attempt !== undefined && total !== undefined && total < attempt)
    yield `${path}: scheduleToCloseTimeout (${scheduleToCloseTimeout}) is shorter than startToCloseTimeout (${startToCloseTimeout}), so no attempt could use its time`
  const heartbeat = yield* checkDuration(`${path}.heartbeatTimeout`, heartbeatTimeout)
  if (attempt !== undefined && heartbeat !== undefined && heartbeat > attempt)
    yield `${path}: heartbeatTimeout (${heartbeatTimeout}) is longer than startToCloseTimeout (${startToCloseTimeout}), so it could never be missed`
}

/** Types ask for it; not all contracts are checked by them. */
function* checkBound(path: string, duration: Duration | undefined, meaning: string): Generator<string, number | undefined> {
  if (duration === undefined) yield `${path}: is not set; say ${meaning}, such as "30s"`
  return yield* checkDuration(path, duration)
}

/** What the SDK would refuse when a workflow calls the activity, which is too late. */
function* checkRetry(path: string, retry: ActivityDefinition['retry'] = {}): Generator<string> {
  const { initialInterval, maximumInterval, backoffCoefficient = 1, maximumAttempts = 1 } = retry
  const first = yield* checkDuration(`${path}.initialInterval`, initialInterval)
  const longest = yield* checkDuration(`${path}.maximumInterval`, maximumInterval)
  const firstMs = initialInterval === undefined ? INITIAL_INTERVAL_MS : first
  if (longest !== undefined && firstMs !== undefined && longest < firstMs)
    yield `${path}.maximumInterval: ${maximumInterval} is shorter than the first pause (${initialInterval ?? `${INITIAL_INTERVAL_MS}ms`})`
  if (!(Number.isFinite(backoffCoefficient) && backoffCoefficient >= 1)) yield `${path}.backoffCoefficient: ${backoffCoefficient} must be a number from 1`
  if (!(Number.isInteger(maximumAttempts) && maximumAttempts >= 1)) yield `${path}.maximumAttempts: ${maximumAttempts} must be a whole number from 1`
}
