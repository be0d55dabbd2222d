import { suggest } from '../../model/diagnostics.ts'
import { type Cursor, isRecord } from '../cursor.ts'
import type { Problem, Rule } from '../rule.ts'
import { temporalFiles } from '../temporal/configs.ts'
import { STATIC_CONFIG_KEYS, type KnownKeys } from '../temporal/static-config-keys.ts'

/** Kinds of stores whose keys stand below a name of the user's, and services, of which only these are. */
const SERVICES = ['frontend', 'internal-frontend', 'history', 'matching', 'worker']

function* unknown(at: Cursor, known: KnownKeys): Iterable<Problem> {
  if (known === 'anything' || !isRecord(at.value)) return
  for (const [key, value] of at.entries) {
    const below = known[key] ?? known['*']
    if (below !== undefined) yield* unknown(value, below)
    else
      yield value.problem(
        `is no key of Temporal’s configuration, which ignores it; known here: ${Object.keys(known).join(', ')}`,
        suggest(key, Object.keys(known)),
      )
  }
}

export const temporalConfigKeys: Rule = {
  id: 'temporal-config-keys',
  meaning: 'Every key of a configuration of Temporal’s server is one that the server reads.',
  why: 'The server ignores any other without a word: what was meant does not hold.',
  severity: 'error',
  *check(tree) {
    for (const { content } of temporalFiles(tree)) {
      yield* unknown(content, STATIC_CONFIG_KEYS)
      for (const [name, service] of content.get('services').entries)
        if (!SERVICES.includes(name)) yield service.problem(`is no service of Temporal’s server; allowed: ${SERVICES.join(', ')}`, suggest(name, SERVICES))
    }
  },
}
