import type { AnyObject } from '../validate/any-object.ts'
import { sqlStores, temporalConfigs } from '../validate/temporal/configs.ts'
import { Tree } from '../validate/tree.ts'

interface SettledFact {
  readonly value: string
  /** What happens if it is changed. */
  readonly why: string
}

/** What a configuration of Temporal settles when its server first starts, by what it is called. */
export function settledFacts(objects: readonly AnyObject[]): ReadonlyMap<string, SettledFact> {
  const facts = new Map<string, SettledFact>()
  for (const { config } of temporalConfigs(new Tree(objects))) {
    const shards = config.get('persistence', 'numHistoryShards')
    if (shards.exists)
      facts.set('Temporal’s history shards', {
        value: String(shards.value),
        why: 'the server keeps the number that it first started with; another needs another cluster, and workflows that run are lost',
      })
    for (const sql of sqlStores(config)) {
      const [store, database] = [String(sql.path.at(-2)), sql.get('databaseName')]
      if (database.exists)
        facts.set(`the database of Temporal’s store "${store}"`, {
          value: String(database.value),
          why: 'the server looks at another database, and none of its workflows is there',
        })
    }
  }
  return facts
}
