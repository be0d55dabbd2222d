import { STATUSES } from './statuses.ts'

/** A value of a filter, as the framework has checked and converted it. */
export type FilterValue = string | number | boolean

export type FilterOperator = '=' | '>=' | '>' | '<=' | '<' | 'STARTS_WITH'

/** One condition on workflows. */
export interface Filter {
  /** A search attribute, of the contract or Temporal's own. */
  readonly attribute: string
  readonly operator: FilterOperator
  readonly value: FilterValue
}

/** What to look for, in Temporal's query language: workflows of one of the types that fulfil every condition. */
export function visibilityQuery(types: readonly string[], filters: readonly Filter[] = []): string {
  const ofTypes = `WorkflowType IN (${types.map(literal).join(', ')})`
  return [ofTypes, ...filters.map(({ attribute, operator, value }) => `${quotedName(attribute)} ${operator} ${literal(value)}`)].join(' AND ')
}

/** The condition for a status by our name of it. */
export function statusFilter(name: string): Filter {
  const value = STATUSES.find((status) => status.name === name)?.query ?? name
  return { attribute: 'ExecutionStatus', operator: '=', value }
}

/** A value that cannot be taken for anything else: both ways to end a text early are escaped, the quote and the backslash. */
function literal(value: FilterValue): string {
  return typeof value === 'string' ? `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'` : String(value)
}

/** Names of attributes are the contract's or ours, never a caller's; those with other signs than letters need quotes of their own. */
function quotedName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name.replaceAll('`', '')}\``
}
