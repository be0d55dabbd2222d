import type { Cursor } from '../cursor.ts'
import type { Rule } from '../rule.ts'

const GO_DURATION = /^\+?(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$|^0$/

/** Fields that Go's own parser reads. */
function durations(tree: Parameters<Rule['check']>[0]): Cursor[] {
  return [
    ...tree.of('cert-manager.io', 'Certificate').flatMap((at) => [at.get('spec', 'duration'), at.get('spec', 'renewBefore')]),
    ...tree.of('external-secrets.io', 'ExternalSecret').map((at) => at.get('spec', 'refreshInterval')),
    ...tree.of('external-secrets.io', 'PushSecret').map((at) => at.get('spec', 'refreshInterval')),
  ]
}

export const goDuration: Rule = {
  id: 'go-duration',
  meaning: 'Lengths of time that Go reads are in hours, minutes and seconds.',
  why: 'Days are no unit of Go: "90d" is refused.',
  severity: 'error',
  *check(tree) {
    for (const at of durations(tree)) {
      if (at.text === undefined || GO_DURATION.test(at.text)) continue
      const days = /^(\d+)d$/.exec(at.text)?.[1]
      yield at.problem(
        `"${at.text}" is no length of time; allowed: numbers with h, m or s`,
        days === undefined ? 'Such as "2160h".' : `Write "${Number(days) * 24}h".`,
      )
    }
  },
}
