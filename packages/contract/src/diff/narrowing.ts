import { isObject } from '../sandbox/json-schema-walk.ts'
import type { JsonSchema } from '../schema.ts'

/** One way in which a value that one schema allows may be refused by another. */
export type Narrowing = { readonly path: string } & (
  | { readonly kind: 'required' | 'unknown-property' | 'nothing-allowed' | 'closed' }
  | { readonly kind: 'type'; readonly types: readonly string[] }
  | { readonly kind: 'value'; readonly values: readonly unknown[] }
  | { readonly kind: 'only-values'; readonly values: readonly unknown[] }
  /** `from` is nothing where there was no limit. */
  | { readonly kind: 'limit'; readonly keyword: string; readonly from: unknown; readonly to: unknown }
  /** One of several forms that a value could have. */
  | { readonly kind: 'form'; readonly form: string }
  /** The rule differs, and which values it lets through cannot be compared. */
  | { readonly kind: 'rule'; readonly keyword: string }
)

interface Pair {
  readonly from: unknown
  readonly to: unknown
  readonly path: string
}
interface Roots {
  readonly from: JsonSchema
  readonly to: JsonSchema
  /** Pairs of references that are being compared: schemas may be recursive. */
  readonly open: Set<string>
}

/**
 * Where a value that `from` allows may be refused by `to`; nothing when every one still fits. What cannot be compared counts as refused.
 * A property that `from` does not name is not looked for in `to`: values with more than their schema names are the sender's own risk.
 */
export function narrowings(from: JsonSchema, to: JsonSchema): Narrowing[] {
  return compare({ from, to, open: new Set(['# #']) }, { from, to, path: '' })
}

function compare(roots: Roots, { from, to, path }: Pair): Narrowing[] {
  if (to === undefined || to === true || from === false) return []
  if (to === false) return [{ path, kind: 'nothing-allowed' }]
  const left = resolve(roots.from, from)
  const right = resolve(roots.to, to)
  const key =
    left.reference !== undefined || right.reference !== undefined
      ? `${left.reference ?? JSON.stringify(from)} ${right.reference ?? JSON.stringify(to)}`
      : undefined
  if (key === undefined) return compareSchemas(roots, { from: left.schema, to: right.schema, path })
  if (roots.open.has(key)) return []
  return compareSchemas({ ...roots, open: new Set([...roots.open, key]) }, { from: left.schema, to: right.schema, path })
}

function compareSchemas(roots: Roots, pair: { readonly from: JsonSchema; readonly to: JsonSchema; readonly path: string }): Narrowing[] {
  const { from, to, path } = pair
  const forms = alternatives(from)
  if (forms) return forms.flatMap((form) => compare(roots, { from: form, to, path }))
  const allowed = alternatives(to)
  if (allowed) return fitOne(roots, from, { allowed, path })
  return [
    ...compareTypes(pair),
    ...compareValues(pair),
    ...('const' in from || 'enum' in from ? [] : [...compareLimits(pair), ...compareRules(pair)]),
    ...compareObjects(roots, pair),
    ...compareArrays(roots, pair),
  ]
}

/** The forms that a value may have, each with what is said beside them. */
function alternatives(schema: JsonSchema): JsonSchema[] | undefined {
  const { anyOf, oneOf, ...rest } = schema
  const forms = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : undefined
  const types = Array.isArray(schema['type']) ? (schema['type'] as string[]) : undefined
  if (forms) return forms.map((form) => (isObject(form) && Object.keys(rest).length > 0 && !('$ref' in form) ? { ...rest, ...form } : form) as JsonSchema)
  return types && types.length > 1 ? types.map((type) => ({ ...schema, type })) : undefined
}

/** The form that is nearest tells what is wrong; a value of no known form is named. */
function fitOne(roots: Roots, from: JsonSchema, { allowed, path }: { allowed: readonly JsonSchema[]; path: string }): Narrowing[] {
  const results = allowed.map((to) => compare(roots, { from, to, path }))
  if (results.some((result) => result.length === 0)) return []
  const near = results.filter((result) => !result.some((each) => (each.kind === 'type' || each.kind === 'value') && isTag(each, path)))
  const best = near.toSorted((a, b) => a.length - b.length)[0]
  return best ?? [{ path, kind: 'form', form: formOf(from) }]
}

/** Whether it says that the value is another form altogether: its own type, or the property that tells forms apart. */
function isTag({ path, kind }: Narrowing, place: string): boolean {
  return path === place || (kind === 'value' && !path.slice(place.length + 1).includes('.'))
}

function formOf(schema: JsonSchema): string {
  const tag = Object.entries(isObject(schema['properties']) ? schema['properties'] : {}).find(([, property]) => isObject(property) && 'const' in property)
  if (tag) return `${tag[0]} ${JSON.stringify((tag[1] as JsonSchema)['const'])}`
  return 'const' in schema
    ? JSON.stringify(schema['const'])
    : Array.isArray(schema['enum'])
      ? schema['enum'].map((value) => JSON.stringify(value)).join(', ')
      : typeof schema['type'] === 'string'
        ? schema['type']
        : 'anything'
}

function compareTypes({ from, to, path }: { from: JsonSchema; to: JsonSchema; path: string }): Narrowing[] {
  const allowed = typesOf(to)
  if (!allowed) return []
  const given = typesOf(from)
  if (!given) return [{ path, kind: 'type', types: ['anything'] }]
  const lost = given.filter((type) => !allowed.includes(type) && !(type === 'integer' && allowed.includes('number')))
  return lost.length === 0 ? [] : [{ path, kind: 'type', types: lost }]
}

function typesOf(schema: JsonSchema): string[] | undefined {
  if ('const' in schema) return [typeOf(schema['const'])]
  if (Array.isArray(schema['enum'])) return [...new Set(schema['enum'].map(typeOf))]
  const { type } = schema
  return type === undefined ? undefined : ([type].flat() as string[])
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

function valuesOf(schema: JsonSchema): unknown[] | undefined {
  return 'const' in schema ? [schema['const']] : Array.isArray(schema['enum']) ? schema['enum'] : undefined
}

function compareValues({ from, to, path }: { from: JsonSchema; to: JsonSchema; path: string }): Narrowing[] {
  const allowed = valuesOf(to)
  if (!allowed) return []
  const given = valuesOf(from)
  if (!given) return typesOf(from) ? [{ path, kind: 'only-values', values: allowed }] : []
  const known = new Set(allowed.map((value) => JSON.stringify(value)))
  const lost = given.filter((value) => !known.has(JSON.stringify(value)))
  return lost.length === 0 ? [] : [{ path, kind: 'value', values: lost }]
}

/** How a greater number changes what is allowed. */
const LOWER_LIMITS = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties', 'minContains']
const UPPER_LIMITS = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties', 'maxContains']

function compareLimits({ from, to, path }: { from: JsonSchema; to: JsonSchema; path: string }): Narrowing[] {
  return [...LOWER_LIMITS, ...UPPER_LIMITS].flatMap((keyword) => {
    const limit = to[keyword]
    const before = typeof from[keyword] === 'number' && !isNoLimit(keyword, from[keyword]) ? from[keyword] : undefined
    if (typeof limit !== 'number' || isNoLimit(keyword, limit)) return []
    const keeps = before !== undefined && (LOWER_LIMITS.includes(keyword) ? before >= limit : before <= limit)
    return keeps ? [] : [{ path, kind: 'limit' as const, keyword, from: before, to: limit }]
  })
}

/** What every value of JSON keeps, such as the integers that a number can hold. */
function isNoLimit(keyword: string, limit: number): boolean {
  return (
    (keyword === 'minimum' && limit <= Number.MIN_SAFE_INTEGER) ||
    (keyword === 'maximum' && limit >= Number.MAX_SAFE_INTEGER) ||
    (/^min(Length|Items|Properties)$/.test(keyword) && limit === 0)
  )
}

/** Rules whose reach cannot be compared: the same, or none, or a break. */
const RULES = [
  'pattern',
  'format',
  'multipleOf',
  'uniqueItems',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
  'patternProperties',
  'dependentRequired',
  'dependentSchemas',
  'unevaluatedProperties',
  'unevaluatedItems',
  'allOf',
]

function compareRules({ from, to, path }: { from: JsonSchema; to: JsonSchema; path: string }): Narrowing[] {
  return RULES.filter((keyword) => {
    const rule = to[keyword]
    if (rule === undefined || rule === false || JSON.stringify(rule) === JSON.stringify(from[keyword])) return false
    // A pattern beside a format is how a library writes the format.
    return !(keyword === 'pattern' && to['format'] !== undefined)
  }).map((keyword) => ({ path, kind: 'rule' as const, keyword }))
}

function compareObjects(roots: Roots, { from, to, path }: { from: JsonSchema; to: JsonSchema; path: string }): Narrowing[] {
  const given = objectOf(from['properties'])
  const allowed = objectOf(to['properties'])
  const always = listOf(from['required'])
  const missing = listOf(to['required']).filter((name) => !always.includes(name) && !('default' in objectOf(allowed[name])))
  const others = to['additionalProperties']
  return [
    // What another library's side fills in is there.
    ...missing.filter((name) => !('default' in objectOf(given[name]))).map((name) => ({ path: join(path, name), kind: 'required' as const })),
    ...Object.entries(given).flatMap(([name, property]): Narrowing[] => {
      const inner = join(path, name)
      if (Object.hasOwn(allowed, name)) return compare(roots, { from: property, to: allowed[name], path: inner })
      return others === false
        ? [{ path: inner, kind: 'unknown-property' }]
        : isObject(others)
          ? compare(roots, { from: property, to: others, path: inner })
          : []
    }),
    ...compareOthers(roots, { from, to, path }),
  ]
}

function compareOthers(roots: Roots, { from, to, path }: { from: JsonSchema; to: JsonSchema; path: string }): Narrowing[] {
  const given = from['additionalProperties']
  const others = to['additionalProperties']
  if (others === undefined || given === false) return []
  if (others === false) return typesOf(from)?.includes('object') ? [{ path, kind: 'closed' }] : []
  return isObject(given) ? compare(roots, { from: given, to: others, path: join(path, '*') }) : []
}

function compareArrays(roots: Roots, { from, to, path }: { from: JsonSchema; to: JsonSchema; path: string }): Narrowing[] {
  const first = Array.isArray(from['prefixItems']) ? from['prefixItems'] : []
  const allowed = Array.isArray(to['prefixItems']) ? to['prefixItems'] : []
  const places = Math.max(first.length, allowed.length)
  const pairs = Array.from({ length: places }, (_, index) => ({
    from: first[index] ?? from['items'],
    to: allowed[index] ?? to['items'],
    path: `${path}[${index}]`,
  }))
  const rest = { from: from['items'], to: to['items'], path: `${path}[]` }
  return [...pairs, rest].flatMap((pair) => (pair.from === undefined ? [] : compare(roots, pair)))
}

function resolve(root: JsonSchema, schema: unknown): { readonly schema: JsonSchema; readonly reference?: string } {
  const reference = isObject(schema) ? schema['$ref'] : undefined
  if (typeof reference !== 'string') return { schema: objectOf(schema) }
  const steps = reference.split('/').slice(1)
  const target = steps.reduce<unknown>(
    (found, step) => (isObject(found) ? found[decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')] : undefined),
    root,
  )
  const inner = resolve(root, target)
  return { schema: inner.schema, reference }
}

function objectOf(value: unknown): JsonSchema {
  return isObject(value) ? value : {}
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? (value as string[]) : []
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}
