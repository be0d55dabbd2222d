import type { SearchAttributeType } from '@sundial/contract'
import type { NamespaceSpecification } from './specification.ts'

/** A namespace as the server has it. */
export interface FoundNamespace {
  readonly description: string
  readonly retentionSeconds: number
  /** The type is text of our own making when it is one that we do not know. */
  readonly searchAttributes: Readonly<Record<string, string>>
  /** Names that Temporal keeps for itself. */
  readonly systemAttributes: readonly string[]
}

export type Change =
  | { readonly kind: 'register'; readonly namespace: string; readonly description: string; readonly retentionSeconds: number }
  | { readonly kind: 'update'; readonly namespace: string; readonly description?: string; readonly retentionSeconds?: number }
  | { readonly kind: 'add-search-attributes'; readonly namespace: string; readonly attributes: Readonly<Record<string, SearchAttributeType>> }

export interface Difference {
  /** In the order in which they must be made. */
  readonly changes: readonly Change[]
  /** What cannot be changed on a server, each with what to do. */
  readonly problems: readonly string[]
}

const SECONDS_PER_DAY = 86_400

/** What must change so that a namespace is as wanted. Nothing when it is so already. */
export function diff(wanted: NamespaceSpecification, found: FoundNamespace | undefined): Difference {
  const attributes = diffAttributes(wanted, found)
  return { changes: [...diffNamespace(wanted, found), ...attributes.changes], problems: attributes.problems }
}

function diffNamespace(wanted: NamespaceSpecification, found: FoundNamespace | undefined): Change[] {
  const { name: namespace, description } = wanted
  const retentionSeconds = wanted.retentionDays * SECONDS_PER_DAY
  if (!found) return [{ kind: 'register', namespace, description: description ?? '', retentionSeconds }]
  const changed = {
    ...(description !== undefined && description !== found.description && { description }),
    ...(retentionSeconds !== found.retentionSeconds && { retentionSeconds }),
  }
  return Object.keys(changed).length === 0 ? [] : [{ kind: 'update', namespace, ...changed }]
}

function diffAttributes({ name: namespace, searchAttributes }: NamespaceSpecification, found: FoundNamespace | undefined): Difference {
  const attributes: Record<string, SearchAttributeType> = {}
  const problems: string[] = []
  for (const [name, type] of Object.entries(searchAttributes)) {
    const existing = found?.searchAttributes[name]
    if (found?.systemAttributes.includes(name)) problems.push(`${namespace}: the search attribute ${name} is one of Temporal's own; choose another name`)
    else if (existing === undefined) attributes[name] = type
    else if (existing !== type) {
      problems.push(
        `${namespace}: the search attribute ${name} exists with type ${existing}, and ${type} is wanted; Temporal cannot change a type, so keep ${existing} or choose another name`,
      )
    }
  }
  return { changes: Object.keys(attributes).length === 0 ? [] : [{ kind: 'add-search-attributes', namespace, attributes }], problems }
}
