import { suggest } from '../../model/diagnostics.ts'
import { configFiles } from '../config-files.ts'
import type { Cursor } from '../cursor.ts'
import type { Rule } from '../rule.ts'
import { DYNAMIC_CONFIG_KEYS } from '../temporal/dynamic-config-keys.ts'

/** The file's own form: a list of values with constraints for each key. */
function isDynamicConfig(content: Cursor): boolean {
  return content.entries.length > 0 && content.entries.every(([key, at]) => /^[a-zA-Z]+\./.test(key) && at.items.some((each) => each.get('value').exists))
}

export const temporalDynamicConfigKeys: Rule = {
  id: 'temporal-dynamic-config-keys',
  meaning: 'Every key of a dynamic configuration is one that Temporal’s server registers.',
  why: 'The server logs an unknown key once, and goes on without what was meant.',
  severity: 'error',
  *check(tree) {
    // The server does not mind capitals.
    const known = new Set(DYNAMIC_CONFIG_KEYS.map((key) => key.toLowerCase()))
    for (const { content } of configFiles(tree)) {
      if (!isDynamicConfig(content)) continue
      for (const [key, at] of content.entries)
        if (!known.has(key.toLowerCase()))
          yield at.problem(
            `"${key}" is no key of Temporal’s dynamic configuration`,
            suggest(key, DYNAMIC_CONFIG_KEYS) ?? 'Remove it, or see the server’s release notes: keys come and go.',
          )
    }
  },
}
