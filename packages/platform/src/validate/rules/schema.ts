import type { Rule } from '../rule.ts'

export const schema: Rule = {
  id: 'schema',
  meaning: 'Every field is one that its kind has, of the right type, and none that is required is missing.',
  why: 'The API server refuses a wrong type, and silently drops a field that it does not know.',
  severity: 'error',
  *check({ objects, options: { schemas } }) {
    for (const at of objects) {
      for (const { path, message, hint } of schemas?.check(at.object) ?? []) yield at.get(...path).problem(message, hint)
    }
  },
}
