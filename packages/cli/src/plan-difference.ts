import { isDeepStrictEqual } from 'node:util'

interface PlanDocument {
  readonly [field: string]: unknown
}

/**
 * Which parts of a plan are not the same in another one: its workloads and other parties by name, the rest by what it is. The contracts
 * themselves do not count: what the platform has to do about them, such as search attributes, is in its parts.
 */
export function changedParts(before: PlanDocument, after: PlanDocument): string[] {
  const parties = [partiesOf(before), partiesOf(after)] as const
  const names = [...new Set([...parties[0].keys(), ...parties[1].keys()])]
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) => field !== 'parties' && field !== 'platform')
  return [
    ...names.filter((name) => !isDeepStrictEqual(parties[0].get(name), parties[1].get(name))),
    ...fields.filter((field) => !isDeepStrictEqual(before[field], after[field])),
  ]
}

function partiesOf({ parties }: PlanDocument): Map<string, unknown> {
  return new Map((Array.isArray(parties) ? (parties as { name: string }[]) : []).map((party) => [party.name, party]))
}
