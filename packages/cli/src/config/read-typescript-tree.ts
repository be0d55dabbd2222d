import type { Expression, ObjectExpression, Program } from 'oxc-parser'
import type { SourceNode } from './source-tree.ts'

/**
 * Where the settings of a `sundial.config.ts` are written: the object of its default export, as far as it is written out there. What comes
 * from elsewhere, by a spread or a name, has the place where that stands. Nothing if there is no such object.
 */
export async function typescriptTree(file: string, text: string): Promise<SourceNode | undefined> {
  // Loaded here, when there is something wrong to show: it is not needed for anything else.
  const { parseSync } = await import('oxc-parser')
  const { program, errors } = parseSync(file, text)
  if (errors.length > 0) return undefined
  const platform = platformOf(program)
  return platform && { keyOffset: platform.start, offset: platform.start, children: childrenOf(platform) }
}

function platformOf(program: Program): ObjectExpression | undefined {
  const exported = program.body.find((statement) => statement.type === 'ExportDefaultDeclaration')
  if (!exported) return undefined
  const value = bare(exported.declaration as Expression)
  const argument = value.type === 'CallExpression' ? value.arguments[0] : value
  if (argument === undefined || argument.type === 'SpreadElement') return undefined
  const object = bare(argument)
  return object.type === 'ObjectExpression' ? object : undefined
}

function childrenOf(value: Expression): Map<string, SourceNode> {
  const children = new Map<string, SourceNode>()
  if (value.type === 'ObjectExpression') {
    for (const property of value.properties) {
      // What it brings replaces what stands before it, and nobody can tell what that is.
      if (property.type === 'SpreadElement') children.clear()
      else {
        const key = keyOf(property)
        if (key !== undefined) children.set(key, nodeOf(bare(property.value), property.key.start))
      }
    }
  }
  if (value.type === 'ArrayExpression') {
    for (const [index, element] of value.elements.entries()) {
      if (!element || element.type === 'SpreadElement') break
      children.set(String(index), nodeOf(bare(element), element.start))
    }
  }
  return children
}

function nodeOf(value: Expression, keyOffset: number): SourceNode {
  const children = childrenOf(value)
  return { keyOffset, offset: children.size > 0 ? keyOffset : value.start, children }
}

function keyOf({ key, computed }: { readonly key: { readonly type: string }; readonly computed: boolean }): string | undefined {
  if (computed) return undefined
  if ('name' in key && key.type === 'Identifier') return String(key.name)
  return 'value' in key ? String(key.value) : undefined
}

/** Without the marks of the type system around it. */
function bare(value: Expression): Expression {
  const { type } = value
  const isMarked = type === 'ParenthesizedExpression' || type === 'TSAsExpression' || type === 'TSSatisfiesExpression' || type === 'TSNonNullExpression'
  return isMarked ? bare(value.expression) : value
}
