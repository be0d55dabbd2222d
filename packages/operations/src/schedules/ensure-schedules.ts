import type { Logger } from '@sundial/runtime'
import { ScheduleClient, type ScheduleDescription, ScheduleNotFoundError } from '@temporalio/client'
import { NamespaceError } from '../namespaces/ensure-namespaces.ts'
import { hasStatus, NOT_FOUND } from '../namespaces/grpc-status.ts'
import { retry } from '../namespaces/retry.ts'
import type { TemporalConnection } from '../namespaces/temporal-connection.ts'
import { CONTRACT_MEMO, isAsDeclared, scheduleOptions } from './schedule-options.ts'
import type { ContractSchedules, ScheduleSpecification } from './specification.ts'

export interface NamespaceSchedules {
  readonly namespace: string
  /** Every contract of the namespace, also those that declare no schedule. */
  readonly contracts: readonly ContractSchedules[]
}

/**
 * Makes the schedules of contracts as they are declared: makes what is missing, changes what is declared otherwise now, and removes those of these
 * contracts that are declared no more. Running it again changes nothing. Whether a schedule is paused is left to people once it is made, and
 * schedules that nobody declared are left alone.
 * @throws NamespaceError if a schedule of that id is there and is not ours; nothing was changed then
 */
export async function ensureSchedules(
  temporal: TemporalConnection,
  { namespace, contracts }: NamespaceSchedules,
  { logger, signal }: { readonly logger: Logger; readonly signal: AbortSignal },
): Promise<void> {
  const call = <T>(work: (client: ScheduleClient) => Promise<T>) => temporal.call((connection) => work(new ScheduleClient({ connection, namespace })))
  const wanted = contracts.flatMap(({ contract, schedules }) => schedules.map((schedule) => ({ contract, schedule })))
  const found = await Promise.all(wanted.map(async (each) => ({ ...each, found: await call((client) => describe(client, each.schedule.id)) })))
  const foreign = found.filter((each) => each.found && each.found.memo?.[CONTRACT_MEMO] !== each.contract)
  if (foreign.length > 0) {
    const list = foreign.map(
      ({ schedule }) => `  - ${namespace}: the schedule ${schedule.id} was not made for the contract; remove it, or give the one in the contract another name`,
    )
    throw new NamespaceError(`no schedule was changed, since not all are ours:\n${list.join('\n')}`)
  }
  for (const { contract, schedule, found: known } of found) {
    if (known && isAsDeclared(known, schedule)) continue
    // A server may need some seconds to notice that the namespace is new.
    await retry(
      signal,
      () => call((client) => (known ? change(client, schedule) : make(client, contract, schedule))),
      (error) => {
        if (!hasStatus((error as Error).cause ?? error, NOT_FOUND)) throw error
      },
    )
    logger.info({ namespace, schedule: schedule.id }, known ? 'schedule changed' : 'schedule made')
  }
  const names = new Set(wanted.map(({ schedule }) => schedule.id))
  for (const id of await call((client) => ours(client, contracts))) {
    if (names.has(id)) continue
    await call((client) => client.getHandle(id).delete()).catch(ignoreGone)
    logger.info({ namespace, schedule: id }, 'schedule removed')
  }
}

async function describe(client: ScheduleClient, id: string): Promise<ScheduleDescription | undefined> {
  return client
    .getHandle(id)
    .describe()
    .catch((error: unknown) => {
      if (error instanceof ScheduleNotFoundError) return undefined
      throw error
    })
}

async function make(client: ScheduleClient, contract: string, schedule: ScheduleSpecification): Promise<void> {
  await client.create({
    ...scheduleOptions(schedule),
    memo: { [CONTRACT_MEMO]: contract },
    state: { note: schedule.description, paused: schedule.paused ?? false },
  })
}

async function change(client: ScheduleClient, schedule: ScheduleSpecification): Promise<void> {
  const { scheduleId, ...options } = scheduleOptions(schedule)
  await client
    .getHandle(scheduleId)
    .update(({ state }) => ({ ...options, state: { paused: state.paused, ...(state.note !== undefined && { note: state.note }) } }))
}

/** The ids of all schedules that were made for these contracts, as far as Temporal lists them yet. */
async function ours(client: ScheduleClient, contracts: readonly ContractSchedules[]): Promise<string[]> {
  const names = new Set<unknown>(contracts.map(({ contract }) => contract))
  const ids: string[] = []
  for await (const { scheduleId, memo } of client.list()) if (names.has(memo?.[CONTRACT_MEMO])) ids.push(scheduleId)
  return ids
}

function ignoreGone(error: unknown): void {
  if (!(error instanceof ScheduleNotFoundError)) throw error
}
