import { hasChart, OPERATOR_LABELS } from '../charts.ts'
import type { Cursor } from '../cursor.ts'
import { kindOf, nameOf, namespaceOf } from '../object-names.ts'
import type { Rule } from '../rule.ts'
import { matchLabels, selectorOf, shownLabels } from '../selectors.ts'
import type { Selector, Tree } from '../tree.ts'
import { namespacesOf, selectedServices } from './monitor-port.ts'

interface Selecting {
  readonly selector: Cursor
  readonly selects: Selector
  readonly namespaces: readonly string[]
}

/** Whoever finds pods by their labels; one that selects all pods of a namespace is right anyway. */
function selecting(tree: Tree): Selecting[] {
  const whole = (at: Cursor, selector: Cursor, namespaces: readonly string[] = [namespaceOf(at)]): Selecting => ({
    selector,
    selects: selectorOf(selector),
    namespaces,
  })
  return [
    ...tree
      .of('', 'Service')
      .map((at) => ({ selector: at.get('spec', 'selector'), selects: matchLabels(at.get('spec', 'selector')), namespaces: [namespaceOf(at)] })),
    ...tree.of('policy', 'PodDisruptionBudget').map((at) => whole(at, at.get('spec', 'selector'))),
    ...tree.of('networking.k8s.io', 'NetworkPolicy').map((at) => whole(at, at.get('spec', 'podSelector'))),
    ...tree.of('monitoring.coreos.com', 'PodMonitor').map((at) => whole(at, at.get('spec', 'selector'), namespacesOf(at))),
  ].filter(({ selector }) => selector.entries.length > 0)
}

/** Pods that charts and operators make are seen by nobody here. */
function mayBeOfOthers({ selector, namespaces }: Selecting, tree: Tree): boolean {
  const keys = [...selector.entries, ...selector.get('matchLabels').entries].map(([key]) => key)
  const expressions = selector.get('matchExpressions').items.map((each) => each.get('key').text ?? '')
  return [...keys, ...expressions].some((key) => OPERATOR_LABELS.test(key)) || namespaces.some((namespace) => hasChart(tree, namespace))
}

export const selectorMatches: Rule = {
  id: 'selector-matches',
  meaning: 'Every selector selects something: of a Service, a PodDisruptionBudget, a NetworkPolicy, a PodMonitor, a ServiceMonitor.',
  why: 'A Service has no endpoints, a budget protects nothing, a policy does not hold, nothing is scraped; nobody says so.',
  severity: 'error',
  *check(tree) {
    for (const each of selecting(tree)) {
      if (each.namespaces.some((namespace) => tree.select(namespace, each.selects).length > 0) || mayBeOfOthers(each, tree)) continue
      const shown = shownLabels(each.selector.get('matchLabels').labels ?? each.selector.labels ?? {})
      yield each.selector.problem(`selects no pods in ${each.namespaces.join(', ')}${shown === '' ? '' : `: ${shown}`}`, known(tree, each.namespaces))
    }
    for (const monitor of tree.of('monitoring.coreos.com', 'ServiceMonitor')) {
      const any = monitor.get('spec', 'namespaceSelector', 'any').value === true
      if (any || selectedServices(monitor, tree).length > 0 || namespacesOf(monitor).some((namespace) => hasChart(tree, namespace))) continue
      yield monitor.get('spec', 'selector').problem(`selects no Services in ${namespacesOf(monitor).join(', ')}`)
    }
  },
}

function known(tree: Tree, namespaces: readonly string[]): string {
  const pods = tree.pods.filter(({ namespace }) => namespaces.includes(namespace)).slice(0, 4)
  return pods.length === 0
    ? 'There are no pods there.'
    : `There are ${pods.map(({ owner, labels }) => `${kindOf(owner)} ${nameOf(owner)} (${shownLabels(labels)})`).join('; ')}`
}
