import { kindKey, kindOf, nameOf, namespaceOf } from '../object-names.ts'
import type { Rule } from '../rule.ts'

export const duplicateObject: Rule = {
  id: 'duplicate-object',
  meaning: 'No two objects have the same kind, namespace and name.',
  why: 'The one that is applied last wins, and which one that is depends on the order of files.',
  severity: 'error',
  *check({ objects }) {
    const seen = new Set<string>()
    for (const at of objects) {
      const key = [kindKey(at), namespaceOf(at), nameOf(at)].join(' ')
      if (nameOf(at) !== '' && seen.has(key))
        yield at.get('metadata', 'name').problem(`there is another ${kindOf(at)} with the name "${nameOf(at)}"`, 'Remove one of them, or give it another name.')
      seen.add(key)
    }
  },
}
