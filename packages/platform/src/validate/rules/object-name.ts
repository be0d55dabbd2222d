import { kindKey, nameOf } from '../object-names.ts'
import { containersOf } from '../pods.ts'
import type { Rule } from '../rule.ts'

/** RFC 1123: what most objects may be called. */
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/
/** RFC 1035: a Service's name must begin with a letter. */
const SERVICE = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/
const PORT = /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/
const LONGEST_PORT = 15
const LONGEST_NAME = 253
/** Roles have names with colons, and more. */
const FREE_NAMES = /^rbac\.authorization\.k8s\.io\//

export const objectName: Rule = {
  id: 'object-name',
  meaning: 'Names are such as Kubernetes allows: of objects RFC 1123, of Services RFC 1035, of ports at most 15 characters.',
  why: 'The API server refuses the object.',
  severity: 'error',
  *check({ objects, pods }) {
    for (const at of objects) {
      const name = nameOf(at)
      const kind = kindKey(at)
      if (name === '' || FREE_NAMES.test(kind)) continue
      const [pattern, allowed] =
        kind === '/Service'
          ? ([SERVICE, 'begin with a letter'] as const)
          : kind === '/Namespace'
            ? ([LABEL, 'have no dots'] as const)
            : ([SUBDOMAIN, 'begin and end with one of the first two'] as const)
      if (!pattern.test(name) || name.length > LONGEST_NAME)
        yield at.get('metadata', 'name').problem(`"${name}" is no name for this kind; allowed: a to z, 0 to 9 and "-"; it must ${allowed}`)
    }
    for (const container of pods.flatMap((each) => containersOf(each))) {
      const name = container.get('name')
      if (name.text !== undefined && !LABEL.test(name.text))
        yield name.problem(`"${name.text}" is no name for a container; allowed: a to z, 0 to 9 and "-", at most 63 characters`)
      for (const port of container.get('ports').items.map((each) => each.get('name'))) {
        if (port.text !== undefined && (!PORT.test(port.text) || port.text.length > LONGEST_PORT))
          yield port.problem(`"${port.text}" is no name for a port; allowed: a to z, 0 to 9 and "-", at most ${LONGEST_PORT} characters, one of them a letter`)
      }
    }
  },
}
