import { DEFAULT_SCHEMA, dump, Type } from 'js-yaml'

/** A value that Authentik works out when it applies a blueprint. */
class Tagged {
  readonly tag: string
  readonly value: unknown
  constructor(tag: string, value: unknown) {
    this.tag = tag
    this.value = value
  }
}

/** What another entry of the same blueprint makes, by that entry's id. */
export const keyOf = (id: string): Tagged => new Tagged('!KeyOf', id)
/** An object that is there, by the value of one of its fields. */
export const find = (model: string, field: string, value: string): Tagged => new Tagged('!Find', [model, [field, value]])
/** A variable of Authentik's own environment. */
export const environment = (variable: string): Tagged => new Tagged('!Env', variable)

const tagged = (tag: string, kind: 'scalar' | 'sequence'): Type =>
  new Type(tag, { kind, predicate: (value) => value instanceof Tagged && value.tag === tag, represent: (value) => (value as Tagged).value })

const SCHEMA = DEFAULT_SCHEMA.extend([tagged('!KeyOf', 'scalar'), tagged('!Env', 'scalar'), tagged('!Find', 'sequence')])

/** YAML with Authentik's own tags, which JSON has no words for. */
export function blueprintYaml(document: object): string {
  return dump(document, { schema: SCHEMA, lineWidth: -1, noRefs: true })
}
