import { closest, distance } from 'fastest-levenshtein'
import { SundialError, type ErrorCode } from './errors.ts'

/** One problem: where, what was found, what is allowed, what to do. */
export interface Diagnostic {
  /** Keys from the root, such as `temporal.historyShards`. */
  readonly path: string
  readonly message: string
  readonly hint?: string
  /** The key is wrong, whatever its value. */
  readonly about?: 'key'
  /** Where it is written, if whoever read the configuration can tell. */
  readonly location?: Location
  /** The lines around it, with a mark below. */
  readonly excerpt?: string
}

/** A place in a file; lines and columns count from 1. */
export interface Location {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** One error for all problems. */
export class DiagnosticsError extends SundialError {
  readonly what: string
  readonly diagnostics: readonly Diagnostic[]
  /** @param what has the problems, such as `The configuration` */
  constructor(code: ErrorCode, what: string, diagnostics: readonly Diagnostic[]) {
    const count = diagnostics.length === 1 ? '1 problem' : `${diagnostics.length} problems`
    super(code, `${what} has ${count}:\n\n${list(diagnostics)}`, {
      hint: 'Correct what is listed; every problem that could be found is in the list.',
    })
    this.what = what
    this.diagnostics = diagnostics
  }

  /** The same error, each problem with its place in the file where there is one. */
  located(locate: (diagnostic: Diagnostic) => Location | undefined): DiagnosticsError {
    const diagnostics = this.diagnostics.map((diagnostic) => {
      const location = diagnostic.location ?? locate(diagnostic)
      return location ? { ...diagnostic, location } : diagnostic
    })
    return new DiagnosticsError(this.code, this.what, diagnostics)
  }
}

function formatDiagnostic({ path, message, hint, location, excerpt }: Diagnostic): string {
  const place = location && `${location.file}:${location.line}:${location.column}`
  const head = [path || (place ? '' : '(the whole)'), place].filter(Boolean).join('  ')
  const lines = [message, ...(excerpt ? ['', ...excerpt.split('\n')] : []), ...(hint ? [`→ ${hint}`] : [])]
  return `  ${head}\n${lines.map((line) => (line === '' ? '' : `    ${line}`)).join('\n')}`
}

/** Those with an excerpt are too long to stand close together. */
function list(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(formatDiagnostic).join(diagnostics.some(({ excerpt }) => excerpt !== undefined) ? '\n\n' : '\n')
}

export function joinPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`
    const name = String(key)
    const simple = /^[A-Za-z_$][\w$]*$/.test(name)
    if (!simple) return `${text}[${JSON.stringify(name)}]`
    return text === '' ? name : `${text}.${name}`
  }, '')
}

/** The keys of a path that {@link joinPath} made. */
export function splitPath(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|[^.[]+/g)].map(([text, index, quoted]) => {
    if (index !== undefined) return Number(index)
    return quoted === undefined ? text : (JSON.parse(quoted) as string)
  })
}

/** "did you mean" for a misspelt name, if one of the known is near enough to be meant. */
export function suggest(found: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const begun = known.find((name) => found.length >= 3 && name.startsWith(found))
  if (begun !== undefined) return `did you mean "${begun}"?`
  const near = closest(found, known)
  const limit = Math.max(2, Math.floor(found.length / 3))
  return distance(found.toLowerCase(), near.toLowerCase()) <= limit ? `did you mean "${near}"?` : undefined
}

/** A name that must be one of those that are known. */
export function unknownName(path: string, found: string, { what, known }: { what: string; known: readonly string[] }): Diagnostic {
  const message = `"${found}" is not ${what}; known: ${known.length > 0 ? known.join(', ') : 'none'}`
  const hint = suggest(found, known)
  return hint ? { path, message, hint } : { path, message }
}
