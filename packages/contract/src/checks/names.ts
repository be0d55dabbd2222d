/** Says that a name is not one of those that there are. */
export function* nameIn(path: string, name: string, known: readonly string[]): Generator<string> {
  if (!known.includes(name))
    yield `${path}: there is no "${name}"; it must be ${known.length === 0 ? 'one that is declared, and none is' : `one of ${known.join(', ')}`}`
}
