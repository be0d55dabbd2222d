import type { Contract } from '../contract.ts'
import type { OverlapPolicy, ScheduleDefinition } from '../schedules.ts'
import type { AnySchema } from '../contract.ts'
import { cronProblem } from './cron.ts'
import { checkDuration } from './duration.ts'
import { checkNameSet, nameIn } from './names.ts'

const OVERLAP_POLICIES = ['skip', 'buffer-one', 'buffer-all', 'cancel-other', 'terminate-other', 'allow-all'] as const satisfies readonly OverlapPolicy[]
/** Temporal takes no shorter one. */
const SHORTEST_CATCHUP_MS = 10_000

export function* checkSchedules({ schedules = {}, workflows }: Contract): Generator<string> {
  yield* checkNameSet('schedules', Object.keys(schedules))
  for (const [name, schedule] of Object.entries(schedules)) {
    const path = `schedules.${name}`
    yield* checkMoments(path, schedule)
    yield* checkDuration(`${path}.jitter`, schedule.jitter)
    const catchup = yield* checkDuration(`${path}.catchupWindow`, schedule.catchupWindow)
    if (catchup !== undefined && catchup < SHORTEST_CATCHUP_MS)
      yield `${path}.catchupWindow: ${schedule.catchupWindow} is shorter than 10s, which is the least that Temporal takes`
    if (schedule.overlap !== undefined) yield* nameIn(`${path}.overlap`, schedule.overlap, OVERLAP_POLICIES)
    const workflow = Object.hasOwn(workflows, schedule.workflow) ? workflows[schedule.workflow] : undefined
    if (!workflow) yield* nameIn(`${path}.workflow`, schedule.workflow, Object.keys(workflows))
    // What is no schema is another problem.
    else if (workflow.input?.['~standard']) yield* checkInput(`${path}.input`, workflow.input, schedule.input)
  }
}

function* checkMoments(path: string, { cron, every, offset, timezone }: ScheduleDefinition): Generator<string> {
  if ((cron === undefined) === (every === undefined)) yield `${path}: write either cron or every, so that it is known when it starts something`
  if (cron === undefined) {
    const period = yield* checkDuration(`${path}.every`, every)
    const shift = offset === undefined || offset === 0 ? 0 : yield* checkDuration(`${path}.offset`, offset)
    if (period !== undefined && shift !== undefined && shift >= period) yield `${path}.offset: ${offset} must be less than every (${every})`
    if (timezone !== undefined) yield `${path}.timezone: is for cron only`
    return
  }
  const lines = [cron].flat()
  if (lines.length === 0) yield `${path}.cron: has no line`
  for (const line of lines) {
    const problem = cronProblem(line)
    if (problem !== undefined) yield `${path}.cron: ${problem}`
  }
  if (timezone !== undefined && !isTimeZone(timezone))
    yield `${path}.timezone: "${timezone}" is not a time zone; write one of the IANA names, such as "Europe/Berlin"`
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** A schedule starts workflows when nobody is there to read that its input is wrong. */
function* checkInput(path: string, schema: AnySchema, input: unknown): Generator<string> {
  const result = schema['~standard'].validate(input)
  if (result instanceof Promise) {
    result.catch(() => undefined)
    yield `${path}: the workflow's input can only be checked with waiting; give a scheduled workflow a schema that needs no waiting`
    return
  }
  for (const { path: place = [], message } of result.issues ?? []) {
    const keys = place.map((segment) => String(typeof segment === 'object' ? segment.key : segment))
    yield `${[path, ...keys].join('.')}: ${message}`
  }
}
