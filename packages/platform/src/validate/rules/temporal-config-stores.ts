import type { Cursor } from '../cursor.ts'
import type { Problem, Rule } from '../rule.ts'
import { temporalFiles } from '../temporal/configs.ts'

const SQL_PLUGINS = ['postgres12', 'postgres12_pgx', 'mysql8', 'sqlite']

export const temporalConfigStores: Rule = {
  id: 'temporal-config-stores',
  meaning:
    'The stores that a configuration of Temporal’s server names are there, with a driver that it has; visibility is in SQL or in Elasticsearch, not in both.',
  why: 'The server does not start.',
  severity: 'error',
  *check(tree) {
    for (const { content } of temporalFiles(tree)) yield* problems(content.get('persistence'))
  },
}

function* problems(persistence: Cursor): Iterable<Problem> {
  const stores = persistence.get('datastores')
  const names = stores.entries.map(([name]) => name)
  for (const key of ['defaultStore', 'visibilityStore', 'secondaryVisibilityStore']) {
    const name = persistence.get(key)
    if (name.text !== undefined && name.text !== '' && !names.includes(name.text))
      yield name.problem(`there is no store "${name.text}"; there are ${names.join(', ') || 'none'}`)
  }
  const kindOf = (key: string): string | undefined => stores.get(persistence.get(key).text ?? '').entries[0]?.[0]
  const [first, second] = [kindOf('visibilityStore'), kindOf('secondaryVisibilityStore')]
  if (first !== undefined && second !== undefined && first !== second)
    yield persistence.get('secondaryVisibilityStore').problem(`is in ${second}, and visibilityStore in ${first}; both must be of one kind`)
  if (kindOf('defaultStore') === 'elasticsearch') yield persistence.get('defaultStore').problem('is Elasticsearch, which holds visibility only')
  for (const [, store] of stores.entries) {
    const plugin = store.get('sql', 'pluginName')
    if (plugin.text !== undefined && !SQL_PLUGINS.includes(plugin.text))
      yield plugin.problem(`"${plugin.text}" is no driver of the server; allowed: ${SQL_PLUGINS.join(', ')}`)
  }
  if (!persistence.get('numHistoryShards').exists)
    yield persistence.get('numHistoryShards').problem('is missing: it can never be changed later, so it must be chosen', 'Such as 512; 4 for a try.')
}
