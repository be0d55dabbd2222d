import type { JsonSchema } from '../schema.ts'
import { DATA_KEYWORDS, isObject, NAMED_KEYWORDS } from './json-schema-walk.ts'

/** Ajv fills no defaults below these, since it cannot know which branch is meant. */
const BRANCHES = new Set(['anyOf', 'oneOf', 'not', 'if', 'then', 'else'])
/** Schemas that apply only where another one refers to them. */
const DEFINITIONS = new Set(['$defs', 'definitions'])

/** How a schema was come to. */
interface Place {
  readonly path: readonly string[]
  /** Below a branch, through references too. */
  readonly inBranch: boolean
  /** What has the schema: a property, whose default Ajv fills; what is never absent, such as an item; or something else that may be absent. */
  readonly owner: 'property' | 'never absent' | 'other'
}

/**
 * The path of a default that Ajv would not fill, if there is one. It fills those of properties, and reads them where the property
 * stands: not at the root, not in a branch, and not in a schema that the property only refers to.
 */
export function findLostDefault(root: JsonSchema): string | undefined {
  return visit({ root, visited: new Set() }, root, { path: [], inBranch: false, owner: 'other' })
}

interface Walk {
  readonly root: JsonSchema
  /** References that were followed, by what matters of the place: a recursive schema refers to itself. */
  readonly visited: Set<string>
}

function visit(walk: Walk, schema: unknown, place: Place): string | undefined {
  if (!isObject(schema)) return undefined
  if ('default' in schema && isLost(place)) return place.path.join('.')
  return follow(walk, schema, place) ?? firstOf(Object.entries(schema), ([keyword, value]) => visitKeyword(walk, [keyword, value], place))
}

function visitKeyword(walk: Walk, [keyword, value]: [string, unknown], { path, inBranch }: Place): string | undefined {
  if (DATA_KEYWORDS.has(keyword) || DEFINITIONS.has(keyword)) return undefined
  const inner = { path: [...path, keyword], inBranch: inBranch || BRANCHES.has(keyword) }
  if (Array.isArray(value))
    return firstOf(value.entries(), ([index, item]) => visit(walk, item, { ...inner, path: [...inner.path, String(index)], owner: 'other' }))
  if (!NAMED_KEYWORDS.has(keyword)) return visit(walk, value, { ...inner, owner: 'never absent' })
  return isObject(value)
    ? firstOf(Object.entries(value), ([name, property]) => visit(walk, property, { ...inner, path: [...inner.path, name], owner: 'property' }))
    : undefined
}

/** Goes where the schema refers to. Only into the same document: libraries write no other references. */
function follow(walk: Walk, schema: Record<string, unknown>, { inBranch, owner: referrer }: Place): string | undefined {
  const reference = schema['$ref']
  if (typeof reference !== 'string') return undefined
  // A default beside the reference is filled before the target is looked at.
  const owner = referrer === 'never absent' || 'default' in schema ? 'never absent' : 'other'
  const key = `${reference} ${inBranch} ${owner}`
  if (walk.visited.has(key)) return undefined
  walk.visited.add(key)
  const path = reference
    .split('/')
    .slice(1)
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
  const target = path.reduce<unknown>((found, step) => (isObject(found) ? found[step] : undefined), walk.root)
  return visit(walk, target, { path, inBranch, owner })
}

function isLost({ inBranch, owner }: Place): boolean {
  return owner === 'other' || (owner === 'property' && inBranch)
}

function firstOf<T>(items: Iterable<T>, find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}
