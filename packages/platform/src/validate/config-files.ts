import { load } from 'js-yaml'
import { Cursor } from './cursor.ts'
import { nameOf, namespaceOf } from './object-names.ts'
import { podReferences } from './pod-references.ts'
import type { Pods } from './pods.ts'
import type { Tree } from './tree.ts'

/** A configuration file that stands in an object as text. */
export interface ConfigFile {
  /** Where its text is. */
  readonly at: Cursor
  readonly key: string
  readonly text: string
  /** What is in it, if it is YAML or JSON: places below have its path, and go on in the file. */
  readonly content: Cursor
  /** Those who mount it. */
  readonly readers: readonly Pods[]
}

/** Several rules read them. */
const KNOWN = new WeakMap<Tree, readonly ConfigFile[]>()

/** Files in ConfigMaps, and in the templates of ExternalSecrets. */
export function configFiles(tree: Tree): readonly ConfigFile[] {
  const known = KNOWN.get(tree)
  if (known) return known
  const files = read(tree)
  KNOWN.set(tree, files)
  return files
}

function read(tree: Tree): ConfigFile[] {
  return [
    ...tree.of('', 'ConfigMap').flatMap((at) => filesIn(at.get('data'), readersOf(tree, { kind: 'ConfigMap', name: nameOf(at), namespace: namespaceOf(at) }))),
    ...tree.of('external-secrets.io', 'ExternalSecret').flatMap((at) => {
      const name = at.get('spec', 'target', 'name').text ?? nameOf(at)
      return filesIn(at.get('spec', 'target', 'template', 'data'), readersOf(tree, { kind: 'Secret', name, namespace: namespaceOf(at) }))
    }),
  ]
}

function filesIn(data: Cursor, readers: readonly Pods[]): ConfigFile[] {
  return data.entries.flatMap(([key, at]) => (at.text === undefined ? [] : [{ at, key, text: at.text, content: parsed(at, at.text), readers }]))
}

interface Read {
  readonly kind: 'Secret' | 'ConfigMap'
  readonly name: string
  readonly namespace: string
}

function readersOf(tree: Tree, { kind, name, namespace }: Read): Pods[] {
  return tree.pods.filter(
    (pods) => pods.namespace === namespace && podReferences(pods).some((reference) => reference.kind === kind && reference.name.text === name),
  )
}

/** What a template fills in later stands for itself. */
function parsed(at: Cursor, text: string): Cursor {
  try {
    return new Cursor(at.object, load(text.replaceAll(/\{\{.*?\}\}/g, 'template')), at.path)
  } catch {
    return new Cursor(at.object, undefined, at.path)
  }
}
