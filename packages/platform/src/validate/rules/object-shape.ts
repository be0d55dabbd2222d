import type { Rule } from '../rule.ts'

export const objectShape: Rule = {
  id: 'object-shape',
  meaning: 'Each document is a Kubernetes object: it has apiVersion, kind and metadata.name.',
  why: 'Nothing else can be applied. A file of rules for Prometheus, or of values for a chart, is none.',
  severity: 'error',
  *check({ objects }) {
    for (const at of objects) {
      for (const key of ['apiVersion', 'kind'])
        if (at.get(key).text === undefined)
          yield at.get(key).problem('is missing', 'A Kubernetes object has it. If the file is meant for a program, put it into a ConfigMap.')
      const { name, generateName } = { name: at.get('metadata', 'name'), generateName: at.get('metadata', 'generateName') }
      if (at.get('kind').text !== undefined && name.text === undefined && generateName.text === undefined) yield name.problem('is missing')
    }
  },
}
