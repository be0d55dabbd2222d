/** Something that others wait for. */
export interface Ordered {
  readonly name: string
  readonly needs: readonly string[]
}

/** Names in an order in which each stands after what it needs; stable for equal input. A cycle is returned instead. */
export function orderByNeeds(items: readonly Ordered[]): { readonly order: string[] } | { readonly cycle: string[] } {
  const byName = new Map(items.map((item) => [item.name, item]))
  const order: string[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (name: string, trail: readonly string[]): string[] | undefined => {
    if (state.get(name) === 'done') return undefined
    if (state.get(name) === 'open') return [...trail.slice(trail.indexOf(name)), name]
    state.set(name, 'open')
    for (const need of byName.get(name)?.needs ?? []) {
      const cycle = visit(need, [...trail, name])
      if (cycle) return cycle
    }
    state.set(name, 'done')
    if (byName.has(name)) order.push(name)
    return undefined
  }
  for (const item of items) {
    const cycle = visit(item.name, [])
    if (cycle) return { cycle }
  }
  return { order }
}
