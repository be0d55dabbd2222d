import type { Diagnostic } from '@sundial/platform'
import { type Document, type ErrorCode, isCollection, isMap, isScalar, visit, type YAMLMap, type YAMLParseError } from 'yaml'
import { excerpt } from './excerpt.ts'
import { lineAndColumn } from './source-tree.ts'

export interface YamlText {
  readonly text: string
  /** As it is shown. */
  readonly file: string
}

/**
 * What keeps a text from being YAML, in our words. Behind the first place where its structure is broken the parser finds more that is none:
 * that is left out.
 */
export function syntaxProblems({ text, file }: YamlText, document: Document.Parsed): Diagnostic[] {
  const errors = document.errors.toSorted((a, b) => a.pos[0] - b.pos[0])
  const broken = errors.findIndex(({ code }) => code !== 'DUPLICATE_KEY')
  const meant = broken === -1 ? errors : errors.slice(0, broken + 1)
  return meant.map((error) => {
    const opened = error.code === 'MISSING_CHAR' || error.code === 'BAD_INDENT' ? neverClosed(text, document) : undefined
    if (opened !== undefined) return unreadable({ text, file }, opened, `this ${text[opened]} is never closed`)
    return unreadable({ text, file }, error.pos[0], wordsOf(error, text, document))
  })
}

const CLOSING: Readonly<Record<string, string>> = { '"': '"', "'": "'", '[': ']', '{': '}' }

/** Where a quote or bracket begins that does not end: the parser only tells where it gave up. */
function neverClosed(text: string, document: Document.Parsed): number | undefined {
  let found: number | undefined
  visit(document, {
    Node(_, node) {
      const [start, end] = (isScalar(node) || isCollection(node) ? node.range : undefined) ?? [0, 0]
      const closing = CLOSING[text[start] ?? '']
      const isQuoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE')
      const isFlow = isCollection(node) && node.flow === true
      if (found === undefined && (isQuoted || isFlow) && (end - start < 2 || text[end - 1] !== closing)) found = start
    },
  })
  return found
}

export function unreadable({ text, file }: YamlText, offset: number, message: string): Diagnostic {
  const place = lineAndColumn(text, offset)
  return { path: '', message, location: { file, ...place }, excerpt: excerpt(text, place) }
}

const WORDS: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'a tab indents this line; YAML takes spaces only',
  MULTIPLE_DOCS: 'a second document begins here; a configuration is one document',
  BLOCK_AS_IMPLICIT_KEY: 'a second key begins in this line; the line below may be indented too far, and text that has a colon needs quotes',
  MULTILINE_IMPLICIT_KEY: 'this is not a key with its colon, nor part of a value; is a colon missing?',
  UNEXPECTED_TOKEN: 'what is above ends before this; is a colon or a quote missing there?',
  BAD_INDENT: 'is not indented as what stands around it',
}

function wordsOf({ code, pos: [offset], message }: YAMLParseError, text: string, document: Document.Parsed): string {
  if (code === 'DUPLICATE_KEY') return duplicate(offset, text, document)
  if (code === 'BAD_SCALAR_START') return `text that begins with ${text[offset]} needs quotes`
  return WORDS[code] ?? message
}

/** The parser says that there are two, and not of which key. */
function duplicate(offset: number, text: string, document: Document.Parsed): string {
  let message = 'this key is written twice'
  visit(document, {
    Map(_, map) {
      const key = map.items.map((pair) => pair.key).find((each) => rangeStart(each) === offset)
      if (!isScalar(key)) return undefined
      const first = firstOf(map, key.value)
      message = `the key "${String(key.value)}" is written twice; first in line ${lineAndColumn(text, first).line}`
      return visit.BREAK
    },
  })
  return message
}

function firstOf(map: YAMLMap, value: unknown): number {
  return rangeStart(map.items.find((pair) => isScalar(pair.key) && pair.key.value === value)?.key) ?? 0
}

function rangeStart(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) ? node.range?.[0] : undefined
}
