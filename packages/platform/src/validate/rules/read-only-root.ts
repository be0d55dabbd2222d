import { containersOf } from '../pods.ts'
import type { Rule } from '../rule.ts'

export const readOnlyRoot: Rule = {
  id: 'read-only-root',
  meaning: 'The root file system of every container is read-only.',
  why: 'Whoever gets into a program could change it, and bring others.',
  severity: 'warning',
  *check({ pods }) {
    for (const at of pods.flatMap((each) => containersOf(each)).map((container) => container.get('securityContext', 'readOnlyRootFilesystem'))) {
      if (at.value !== true) yield at.problem('must be true', 'Mount an emptyDir where the program writes, such as /tmp.')
    }
  },
}
