import type { Rule } from '../rule.ts'

const PREFIX = 'nginx.ingress.kubernetes.io/'

export const ingressController: Rule = {
  id: 'ingress-controller',
  meaning: 'No object counts on ingress-nginx.',
  why: 'It was retired in March 2026, and gets no fixes. Other controllers ignore its annotations without a word.',
  severity: 'error',
  *check(tree) {
    for (const at of tree.of('networking.k8s.io', 'Ingress')) {
      const name = at.get('spec', 'ingressClassName')
      const old = at.get('metadata', 'annotations', 'kubernetes.io/ingress.class')
      for (const each of [name, old])
        if (each.text === 'nginx') yield each.problem('"nginx" is the class of ingress-nginx, which is retired', 'Use Gateway API, or another class.')
      for (const [key, annotation] of at.get('metadata', 'annotations').entries)
        if (key.startsWith(PREFIX))
          yield annotation.problem(
            'is read by ingress-nginx only, which is retired',
            'Gateway API has most of this: GRPCRoute, BackendTLSPolicy, filters of HTTPRoute.',
          )
    }
  },
}
