import { type Diagnostic, DiagnosticsError, joinPath } from '@sundial/platform'
import { isAlias, isCollection, isMap, isScalar, parseDocument, type ParsedNode } from 'yaml'
import type { SourceNode } from './source-tree.ts'
import { syntaxProblems, unreadable, type YamlText } from './yaml-syntax.ts'

export interface YamlReading {
  readonly value: unknown
  readonly tree: SourceNode
  /** Forms of YAML that a configuration does not use, by the setting that has them. */
  readonly problems: readonly Diagnostic[]
}

/**
 * A configuration from YAML 1.2: mappings, lists, text, numbers, true and false. Whatever makes a value depend on another place is left
 * out: anchors, tags, variables in text.
 * @throws DiagnosticsError `SUN_CONFIG_UNREADABLE` with every place where it is not YAML
 */
export function readYaml(source: YamlText): YamlReading {
  const document = parseDocument(source.text, { prettyErrors: false })
  const problems = syntaxProblems(source, document)
  const { contents, directives } = document
  if (problems.length === 0 && directives.yaml.explicit && directives.yaml.version !== '1.2') problems.push(unreadable(source, 0, 'must be YAML 1.2'))
  if (problems.length === 0 && !isMap(contents)) {
    const empty = contents === null || (isScalar(contents) && contents.value === null)
    problems.push(
      unreadable(source, contents?.range[0] ?? 0, empty ? 'has no settings; the least is "name: …"' : 'must be a mapping, with "name: …" at its root'),
    )
  }
  if (problems.length > 0) throw new DiagnosticsError('SUN_CONFIG_UNREADABLE', source.file, problems)
  const reader = new Reader()
  const { value, node } = reader.read(contents, { path: [], keyOffset: contents?.range[0] ?? 0 })
  return { value, tree: node, problems: reader.problems }
}

interface Place {
  readonly path: readonly (string | number)[]
  readonly keyOffset: number
}

interface Read {
  readonly value: unknown
  readonly node: SourceNode
}

/** Makes the value and the tree of its places in one walk. */
class Reader {
  readonly problems: Diagnostic[] = []

  read(node: ParsedNode | null, place: Place): Read {
    if (isAlias(node)) {
      this.#refuse(place, `is an alias, *${node.source}`, 'write the value itself; what environments share belongs to the common part')
      return leaf(undefined, place, node.range[0])
    }
    if (node?.anchor) this.#refuse(place, `has an anchor, &${node.anchor}`, 'remove it; what environments share belongs to the common part')
    if (node?.tag) this.#refuse(place, `has a tag, ${node.tag}`, 'remove it; text that looks like a number needs quotes')
    if (!isCollection(node)) {
      if (typeof node?.value === 'string' && node.value.includes('${')) {
        this.#refuse(place, 'has "${": nothing is put into text here', 'write the value, or use sundial.config.ts, which can read process.env')
      }
      const isWritten = node && node.range[1] > node.range[0]
      return leaf(node?.value ?? null, place, isWritten ? node.range[0] : place.keyOffset)
    }
    const entries = isMap(node) ? node.items.map((pair) => this.#entry(pair, place)) : node.items.map((item, index) => this.#item(item, index, place))
    const named = entries.filter((entry) => entry !== undefined)
    const values = named.map(({ key, value }) => [key, value] as const)
    const children = new Map(named.map(({ key, node: child }) => [key, child]))
    return {
      value: isMap(node) ? Object.fromEntries(values) : values.map(([, value]) => value),
      node: { keyOffset: place.keyOffset, offset: children.size > 0 ? place.keyOffset : node.range[0], children },
    }
  }

  #entry({ key, value }: { readonly key: ParsedNode; readonly value: ParsedNode | null }, { path }: Place): (Read & { key: string }) | undefined {
    const text = isScalar(key) && ['string', 'number', 'boolean'].includes(typeof key.value) ? String(key.value) : undefined
    if (text === undefined) {
      this.#refuse({ path, keyOffset: key.range[0] }, 'has a key that is not text', 'write a key, a colon and a value')
      return undefined
    }
    return { key: text, ...this.read(value, { path: [...path, text], keyOffset: key.range[0] }) }
  }

  #item(item: ParsedNode, index: number, { path }: Place): Read & { key: string } {
    return { key: String(index), ...this.read(item, { path: [...path, index], keyOffset: item.range[0] }) }
  }

  #refuse({ path }: Place, message: string, hint: string): void {
    this.problems.push({ path: joinPath(path), message, hint })
  }
}

function leaf(value: unknown, { keyOffset }: Place, offset: number): Read {
  return { value, node: { keyOffset, offset, children: new Map() } }
}
