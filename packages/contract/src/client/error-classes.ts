import { pascalCase } from '../checks/names.ts'
import type { ContractManifest } from '../manifest.ts'
import { commentText, writeType } from './json-schema-types.ts'

type Workflows = readonly (readonly [type: string, workflow: ContractManifest['workflows'][string]])[]
type ErrorDescription = NonNullable<Workflows[number][1]['errors']>[string]

export interface ErrorClasses {
  readonly declarations: readonly string[]
  /** The class of an error of a workflow. */
  nameOf(workflow: string, error: string): string
}

/** What the types of a workflow end with. */
const OF_WORKFLOWS = new Set(['Input', 'Output', 'Handle', 'Workflow', 'Event'])

/**
 * A class for each declared error. Workflows that declare the same error have the same class; if they mean different ones by a name, each has its own.
 * @param taken names that the client has for other things
 */
export function createErrorClasses(workflows: Workflows, taken: ReadonlySet<string>): ErrorClasses {
  const meanings = new Map<string, Set<string>>()
  for (const [, { errors = {} }] of workflows) {
    for (const [name, { data }] of Object.entries(errors)) meanings.set(name, (meanings.get(name) ?? new Set()).add(JSON.stringify(data)))
  }
  const nameOf = (type: string, name: string) => {
    if (taken.has(name) || OF_WORKFLOWS.has(name)) return `${pascalCase(type)}${name}${name.endsWith('Error') ? '' : 'Error'}`
    return (meanings.get(name)?.size ?? 0) > 1 ? `${pascalCase(type)}${name}` : name
  }
  const written = new Map<string, string>()
  for (const [type, { errors = {} }] of workflows) {
    for (const [name, error] of Object.entries(errors)) written.set(nameOf(type, name), classSource(nameOf(type, name), error))
  }
  return { declarations: [...written.values()], nameOf }
}

function classSource(name: string, { data, description }: ErrorDescription): string {
  const { type, declarations } = data === undefined ? { type: 'undefined', declarations: [] } : writeType(`${name}Data`, data, 'output')
  return [
    ...declarations,
    `export type ${name}Data = ${type}`,
    `/** ${commentText(description ?? name)} */\nexport class ${name} extends DeclaredError<${name}Data> {\n  override readonly name = '${name}'\n}`,
  ].join('\n\n')
}
