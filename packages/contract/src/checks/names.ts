/** A name that becomes part of a path, and of names in generated clients. */
const NAME = /^[A-Za-z][\w-]*$/
/** What Temporal keeps for itself. */
const RESERVED = /^__(temporal|stack_trace|enhanced_stack_trace)/

/** What generated clients have beside the workflows. */
const OF_CLIENTS = new Set(['ListWorkflows', 'CountWorkflows', 'ListSchedules', 'Schedules'])

/** Says which workflows would hide a part of generated clients. */
export function* checkClientNames(path: string, names: readonly string[]): Generator<string> {
  for (const name of names)
    if (OF_CLIENTS.has(pascalCase(name))) yield `${path}.${name}: generated clients have something else under this name; rename the workflow`
}

/** Says that a name is not one of those that there are. */
export function* nameIn(path: string, name: string, known: readonly string[]): Generator<string> {
  if (!known.includes(name))
    yield `${path}: there is no "${name}"; it must be ${known.length === 0 ? 'one that is declared, and none is' : `one of ${known.join(', ')}`}`
}

/** Says which names of a kind cannot be, and which would be the same in documents and clients: `change-address` and `changeAddress`. */
export function* checkNameSet(path: string, names: readonly string[]): Generator<string> {
  const byGeneratedName = new Map<string, string>()
  for (const name of names) {
    if (RESERVED.test(name)) yield `${path}.${name}: names that begin with "__temporal" or "__stack_trace" are Temporal's own`
    else if (!NAME.test(name))
      yield `${path}.${name}: a name is letters, digits, "_" and "-", and begins with a letter, since it is part of paths and of clients`
    const generated = pascalCase(name)
    const other = byGeneratedName.get(generated)
    if (other !== undefined)
      yield `${path}.${name}: would have the same name as "${other}" in the API's document and in clients (${generated}); rename one of them`
    byGeneratedName.set(generated, name)
  }
}

/** `fulfil-order` as `FulfilOrder`. */
export function pascalCase(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word[0]?.toUpperCase() + word.slice(1))
    .join('')
}
