import { load } from 'js-yaml'
import { sourcesOf } from '../charts.ts'
import { configFiles } from '../config-files.ts'
import { Cursor } from '../cursor.ts'
import { containersOf } from '../pods.ts'
import type { Rule } from '../rule.ts'
import type { Tree } from '../tree.ts'

/** Names of values that are secret, and not of where a secret is. */
const SECRET = /(password|passwd|passphrase|secret|token|api[-_]?key|private[-_]?key|access[-_]?key|_pwd$|credential)/i
const NOT_ITSELF =
  /(name|file|path|ref|key[-_]?id|url|uri|dir|folder|enabled?|mount|field|header|length|claim|policy|command|bearer|ttl|lifetime|expir\w*|interval|scope|endpoint|store|class|type|audience|namespace|secrets?)$/i
/** A placeholder that something fills in. */
const FILLED_IN = /\{\{|\$\{|\$\(|\$__file|\$__env|^\$[A-Z_]+$|^template$|^\/|^$/

function isSecretName(name: string): boolean {
  return SECRET.test(name) && (!NOT_ITSELF.test(name) || /(^|[-_.])(client[-_]?)?secret$/i.test(name))
}

/** Values below a place whose own names say that they are secret. */
function* leaves(at: Cursor): Iterable<Cursor> {
  for (const [key, value] of at.entries) if (value.text !== undefined && isSecretName(key)) yield value
  for (const each of [...at.items, ...at.entries.map(([, value]) => value)]) yield* leaves(each)
}

/** Every named value that is written for all to read. */
function* named(tree: Tree): Iterable<Cursor> {
  for (const { content, text, at, key } of configFiles(tree)) {
    // A value of its own, such as a ConfigMap that is read as variables.
    if (!text.includes('\n') && isSecretName(key)) yield at
    yield* leaves(content)
  }
  for (const source of tree.of('argoproj.io', 'Application').flatMap((at) => sourcesOf(at))) {
    yield* leaves(source.get('helm', 'valuesObject'))
    for (const parameter of source.get('helm', 'parameters').items) if (isSecretName(parameter.get('name').text ?? '')) yield parameter.get('value')
    const values = source.get('helm', 'values')
    if (values.text !== undefined) yield* leaves(new Cursor(values.object, load(values.text), values.path))
  }
}

const HINT = 'Bring it by an ExternalSecret, and name the Secret here.'

export const plaintextSecret: Rule = {
  id: 'plaintext-secret',
  meaning: 'No password, token or key stands in a variable, a ConfigMap, the values of a chart, or a Secret.',
  why: 'Everybody who can read the repository has it, for ever: Git forgets nothing. A Secret’s base64 is no encryption.',
  severity: 'error',
  *check(tree) {
    for (const variable of tree.pods.flatMap((each) => containersOf(each)).flatMap((container) => container.get('env').items)) {
      const value = variable.get('value')
      if (isSecretName(variable.get('name').text ?? '') && value.text !== undefined && !FILLED_IN.test(value.text))
        yield value.problem(`the value of ${variable.get('name').text} stands here for all to read`, HINT)
    }
    for (const at of named(tree)) if (at.text !== undefined && !FILLED_IN.test(at.text)) yield at.problem('a secret stands here for all to read', HINT)
    for (const secret of tree.of('', 'Secret')) {
      if (secret.get('type').text === 'kubernetes.io/service-account-token') continue
      for (const part of ['data', 'stringData'])
        if (secret.get(part).entries.length > 0)
          yield secret.get(part).problem('a Secret with its content is in the tree', 'Write an ExternalSecret instead, or a SealedSecret.')
    }
  },
}
