import { parseSync, Visitor } from 'oxc-parser'

/** @typedef {{ specifier: string, typeOnly: boolean, line: number }} Import */

/**
 * Every module that a file imports or exports from, in the order of the file. `import { type A }` counts as an import of
 * values: with `verbatimModuleSyntax` the compiler keeps `import {}`, and the module is loaded.
 *
 * @param {string} path
 * @param {string} source
 * @returns {Import[]}
 */
export function readImports(path, source) {
  const { program, errors } = parseSync(path, source)
  if (errors[0]) throw new Error(`${path} cannot be parsed: ${errors[0].message}`)
  /** @type {Import[]} */
  const imports = []
  /** @param {object | null} from @param {boolean} typeOnly @param {number} start */
  const add = (from, typeOnly, start) => {
    if (from && 'value' in from && typeof from.value === 'string')
      imports.push({ specifier: from.value, typeOnly, line: source.slice(0, start).split('\n').length })
  }
  new Visitor({
    ImportDeclaration: (node) => add(node.source, node.importKind === 'type', node.start),
    ExportNamedDeclaration: (node) => add(node.source, node.exportKind === 'type', node.start),
    ExportAllDeclaration: (node) => add(node.source, node.exportKind === 'type', node.start),
    ImportExpression: (node) => add(node.source, false, node.start),
    TSImportType: (node) => add(node.source, true, node.start),
  }).visit(program)
  return imports
}
