import { resolves } from '../missing.ts'
import type { Rule } from '../rule.ts'

export const argoProject: Rule = {
  id: 'argo-project',
  meaning: 'Every Application of Argo CD is in a project of its own making, which is there.',
  why: 'The project "default" may change everything, in every cluster.',
  severity: 'error',
  *check(tree) {
    for (const project of tree.of('argoproj.io', 'Application').map((at) => at.get('spec', 'project'))) {
      if (project.text === 'default')
        yield project.problem('"default" allows every repository, namespace and kind', 'Make an AppProject that allows what this needs.')
      else yield* resolves(tree, project, { group: 'argoproj.io', kind: 'AppProject' })
    }
  },
}
