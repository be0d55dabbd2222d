import { containersOf } from '../pods.ts'
import type { Rule } from '../rule.ts'

const WANTED = [
  ['requests', 'cpu'],
  ['requests', 'memory'],
  ['limits', 'memory'],
] as const

export const containerResources: Rule = {
  id: 'container-resources',
  meaning: 'Every container says how much CPU and memory it needs, and how much memory it may take.',
  why: 'The scheduler puts too much on a node, and then pods are ended by chance; an autoscaler has nothing to divide by.',
  severity: 'error',
  *check({ pods }) {
    for (const container of pods.flatMap((each) => containersOf(each))) {
      for (const [part, name] of WANTED) {
        const at = container.get('resources', part, name)
        // A request that is not given is the limit.
        if (!at.exists && !(part === 'requests' && container.get('resources', 'limits', name).exists)) yield at.problem('is not given')
      }
    }
  },
}
