import { type Machine, machineLine } from '../machine.ts'
import { bullets, table } from '../tables.ts'
import { median, summarise, type KillsResult } from './result.ts'

export interface Context {
  readonly machine: Machine
  readonly versions: Readonly<Record<string, string>>
  /** ISO 8601, the day only. */
  readonly date: string
}

/** The result for people. */
export function killsMarkdown(result: KillsResult, { machine, versions, date }: Context): string {
  const { account, incomplete, recoveries, seconds } = result
  const { charges, shipped, stock, violations } = account
  const singles = recoveries.filter(({ killed }) => killed.length === 1).length
  const ready = recoveries.map(({ allReadyMs }) => allReadyMs)
  return `${[
    '# Drill: kills under load',
    `${account.orders} orders while every process of the platform got SIGKILL, alone (${singles} kills) and with every other (${recoveries.length - singles} pairs): ` +
      `**${violations.length === 0 ? 'no violation' : `${violations.length} violations`}** in ${Math.floor(seconds / 60)} min ${seconds % 60} s.`,
    ...(incomplete.length > 0 ? [`**Not complete**: the time that it had was enough for ${incomplete.join(' and ')}.`] : []),
    `${machineLine(machine, date)}; ` +
      `${Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ')}. Run it: \`npm run drill -- kills\`.`,
    ...(violations.length > 0 ? ['## Violations', bullets(violations.map(({ about, what }) => `${about}: ${what}`))] : []),
    '## Orders and money',
    table(
      ['orders ended as', 'count'],
      Object.entries(account.ends).map(([end, count]) => [end, count]),
    ),
    table(
      ['at the payment provider', 'count'],
      [
        ['charges approved', charges.approved],
        ['of these refunded', charges.refunded],
        ['of these standing, one for each completed order', charges.standing],
        ['cards declined', charges.declined],
      ],
    ),
    `Attempts at orders: ${account.attempts}. Parcels booked: ${shipped.orders}, with ${shipped.units} units.`,
    '## Stock',
    table(
      ['product', 'before', 'shipped', 'left'],
      Object.entries(stock).map(([sku, { before, shipped: units, after }]) => [sku, before, units, after]),
    ),
    '## Recovery',
    `From SIGKILL until the process was ready again. Everything was ready after ${seconds3(median(ready))} s (median), ${seconds3(Math.max(...ready))} s (longest). ` +
      `Orders under way at a kill: ${median(recoveries.map(({ underWay }) => underWay))} (median).`,
    table(
      ['process', 'kills', 'median s', 'longest s', 'restarts'],
      summarise(result).map(({ process, kills, medianMs, maxMs, restarts }) => [process, kills, seconds3(medianMs), seconds3(maxMs), restarts]),
    ),
    'A process with more restarts than kills ended by itself when what it needs was gone.',
  ].join('\n\n')}\n`
}

function seconds3(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2)
}
