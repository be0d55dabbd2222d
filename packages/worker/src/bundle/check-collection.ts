import type { AnySchema, JsonSchema } from '@sundial/contract'
import { answeredSchema, receivedSchema, SandboxSchemaError, sentSchema } from '@sundial/contract/sandbox'

/** Which way a value goes, seen from the sandbox. */
export type Direction = 'received' | 'sent'

/** Stands for a compiled validator where the manifest is written. */
export class CheckReference {
  readonly direction: Direction
  readonly id: string
  constructor(direction: Direction, id: string) {
    this.direction = direction
    this.id = id
  }
}

/** Gathers the schemas of a contract. Equal ones share a validator: every cached workflow pays for each. */
export class CheckCollection {
  readonly schemas: Record<Direction, Map<string, JsonSchema>> = { received: new Map(), sent: new Map() }
  readonly problems: string[] = []
  readonly #known = new Map<string, CheckReference>()

  /** What an activity or a caller gives. */
  received(path: string, schema: AnySchema): CheckReference {
    return this.#add('received', path, () => receivedSchema(schema))
  }

  /** What an activity gets. */
  sent(path: string, schema: AnySchema): CheckReference {
    return this.#add('sent', path, () => sentSchema(schema))
  }

  /** What a caller gets. */
  answered(path: string, schema: AnySchema): CheckReference {
    return this.#add('sent', path, () => answeredSchema(schema))
  }

  #add(direction: Direction, path: string, read: () => JsonSchema): CheckReference {
    let schema: JsonSchema
    try {
      schema = read()
    } catch (error) {
      if (!(error instanceof SandboxSchemaError)) throw error
      this.problems.push(`${path}: ${error.message}`)
      schema = {}
    }
    const key = `${direction} ${JSON.stringify(schema)}`
    const schemas = this.schemas[direction]
    const known = this.#known.get(key) ?? new CheckReference(direction, `check${schemas.size}`)
    this.#known.set(key, known)
    schemas.set(known.id, schema)
    return known
  }
}
