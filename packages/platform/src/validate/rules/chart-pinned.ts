import { sourcesOf } from '../charts.ts'
import type { Rule } from '../rule.ts'

const VERSION = /^v?\d+\.\d+\.\d+([-+][0-9A-Za-z.-]+)*$/
const MOVING = /^$|[*^~<>=|x ]/

export const chartPinned: Rule = {
  id: 'chart-pinned',
  meaning: 'Every chart that Argo CD installs has one exact version, and every Git source names its branch, tag or commit.',
  why: 'Something else is installed tomorrow, without a commit that says so.',
  severity: 'error',
  *check(tree) {
    for (const source of tree.of('argoproj.io', 'Application').flatMap((at) => sourcesOf(at))) {
      const revision = source.get('targetRevision')
      const found = revision.text ?? ''
      if (source.get('chart').exists && !VERSION.test(found))
        yield revision.problem(`"${found}" is not one version of the chart`, 'Write it whole, such as 1.21.1.')
      else if (!source.get('chart').exists && (found === 'HEAD' || MOVING.test(found)))
        yield revision.problem(`"${found}" is whatever the repository has`, 'Name a branch, a tag or a commit.')
    }
  },
}
