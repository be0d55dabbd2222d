import { resolves } from '../missing.ts'
import { namespaceOf } from '../object-names.ts'
import type { Rule } from '../rule.ts'

const SCALERS = [
  { group: 'autoscaling', kind: 'HorizontalPodAutoscaler', path: ['spec', 'scaleTargetRef'] },
  { group: 'keda.sh', kind: 'ScaledObject', path: ['spec', 'scaleTargetRef'] },
  { group: 'autoscaling.k8s.io', kind: 'VerticalPodAutoscaler', path: ['spec', 'targetRef'] },
] as const

export const scaleTarget: Rule = {
  id: 'scale-target',
  meaning: 'What an autoscaler scales is there.',
  why: 'Nothing is scaled; the status of the autoscaler says so, and nobody reads it.',
  severity: 'error',
  *check(tree) {
    for (const { group, kind, path } of SCALERS) {
      for (const at of tree.of(group, kind)) {
        const reference = at.get(...path)
        const version = reference.get('apiVersion').text ?? 'apps/v1'
        yield* resolves(tree, reference.get('name'), {
          group: version.slice(0, Math.max(0, version.indexOf('/'))),
          kind: reference.get('kind').text ?? 'Deployment',
          namespace: namespaceOf(at),
        })
      }
    }
  },
}
