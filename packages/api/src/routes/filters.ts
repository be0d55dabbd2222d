import type { Contract, JsonSchema, SearchAttributeType } from '@sundial/contract'
import { problem, type ProblemError } from '../http/api-problem.ts'
import { STATUS_NAMES } from '../temporal/statuses.ts'
import { type Filter, type FilterOperator, type FilterValue, statusFilter } from '../temporal/visibility-query.ts'
import { MAX_ID_LENGTH } from './parameters.ts'
import { shownWorkflows } from './workflow-view.ts'

/** A parameter of a query that selects workflows. */
interface FilterParameter {
  readonly schema: JsonSchema
  readonly attribute: string
  readonly operator: FilterOperator
  readonly type: SearchAttributeType
}

/** No control characters: PostgreSQL refuses some of them, and nobody looks for the others. */
const TEXT: JsonSchema = { type: 'string', maxLength: 255, pattern: '^[^\\u0000-\\u001f\\u007f]+$' }
const SCHEMAS: Readonly<Record<SearchAttributeType, JsonSchema>> = {
  keyword: TEXT,
  'keyword-list': TEXT,
  text: TEXT,
  int: { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
  double: { type: 'number' },
  bool: { type: 'boolean' },
  datetime: { type: 'string', format: 'date-time' },
}
const EQUAL: Readonly<Record<SearchAttributeType, string>> = {
  keyword: 'is this',
  'keyword-list': 'has this among its values',
  text: 'has these words',
  int: 'is this',
  double: 'is this',
  bool: 'is this',
  datetime: 'is this',
}
const BOUNDS = { gte: ['>=', 'is at least'], gt: ['>', 'is more than'], lte: ['<=', 'is at most'], lt: ['<', 'is less than'] } as const
const ORDERED = new Set<SearchAttributeType>(['int', 'double', 'datetime'])

const WORKFLOW_ID = ['WorkflowId', 'keyword'] as const
const START = ['StartTime', 'datetime'] as const
const CLOSE = ['CloseTime', 'datetime'] as const
/** Temporal's own attributes. Times are half open, so that neighbouring spans share no workflow. */
const COMMON: Readonly<Record<string, FilterParameter>> = {
  workflowId: parameter(WORKFLOW_ID, '=', { description: 'The id is this.', maxLength: MAX_ID_LENGTH }),
  workflowIdPrefix: parameter(WORKFLOW_ID, 'STARTS_WITH', { description: 'The id begins with this.', maxLength: MAX_ID_LENGTH }),
  startedAfter: parameter(START, '>=', { description: 'Started at this time or later.' }),
  startedBefore: parameter(START, '<', { description: 'Started before this time.' }),
  closedAfter: parameter(CLOSE, '>=', { description: 'Closed at this time or later.' }),
  closedBefore: parameter(CLOSE, '<', { description: 'Closed before this time.' }),
}

/** Selects workflows by what a caller asks for. */
export interface Filters {
  /** For the document, and for the framework to check. */
  readonly parameters: Readonly<Record<string, JsonSchema>>
  /** The conditions of a query. Throws a 422 that lists the values that are none. */
  read(query: Readonly<Record<string, FilterValue>>): Filter[]
}

/** The filters that a contract's search attributes allow: `attr.Name`, and for what has an order `attr.Name.gte` and the like. */
export function createFilters(contract: Contract): Filters {
  const types = shownWorkflows(contract).map(([type]) => type)
  const known: Record<string, FilterParameter> = { ...COMMON }
  for (const attribute of Object.entries(contract.searchAttributes ?? {})) {
    const [name, type] = attribute
    known[`attr.${name}`] = parameter(attribute, '=', { description: `\`${name}\` ${EQUAL[type]}.` })
    if (type === 'keyword') known[`attr.${name}.prefix`] = parameter(attribute, 'STARTS_WITH', { description: `\`${name}\` begins with this.` })
    if (!ORDERED.has(type)) continue
    for (const [bound, [operator, words]] of Object.entries(BOUNDS))
      known[`attr.${name}.${bound}`] = parameter(attribute, operator, { description: `\`${name}\` ${words} this.` })
  }
  return {
    parameters: {
      type: { type: 'string', enum: types, description: 'Only workflows of this type.' },
      status: { type: 'string', enum: STATUS_NAMES, description: 'Only workflows with this status.' },
      ...Object.fromEntries(Object.entries(known).map(([name, { schema }]) => [name, schema])),
    },
    read(query) {
      const asked = Object.entries(known).filter(([name]) => query[name] !== undefined)
      const errors: ProblemError[] = []
      const filters = asked.map(([name, { attribute, operator, type }]) => {
        const given = query[name] as FilterValue
        const value = type === 'datetime' ? time(given as string) : given
        if (value === undefined) errors.push({ parameter: name, detail: 'is not a time that there is' })
        // The framework takes "1e400" for a number, and says of no bound that infinity is beyond it.
        if (typeof value === 'number' && !Number.isFinite(value)) errors.push({ parameter: name, detail: 'is too large a number' })
        return { attribute, operator, value: value ?? '' }
      })
      if (errors.length > 0) throw problem('validation', 'querystring does not match its schema', { extensions: { errors } })
      return [...(typeof query['status'] === 'string' ? [statusFilter(query['status'])] : []), ...filters]
    },
  }
}

/** @param more what the schema of the type does not say, such as a description */
function parameter([attribute, type]: readonly [string, SearchAttributeType], operator: FilterOperator, more: JsonSchema): FilterParameter {
  return { attribute, type, operator, schema: { ...SCHEMAS[type], ...more } }
}

/** As Temporal reads times. The format lets leap seconds through, which no clock here can count. */
function time(text: string): string | undefined {
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
