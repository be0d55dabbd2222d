import { closest, distance } from 'fastest-levenshtein'
import { SundialError, type ErrorCode } from './errors.ts'

/** One problem: where, what was found, what is allowed, what to do. */
export interface Diagnostic {
  /** Keys from the root, such as `temporal.historyShards`. */
  readonly path: string
  readonly message: string
  readonly hint?: string
}

/** One error for all problems. */
export class DiagnosticsError extends SundialError {
  readonly diagnostics: readonly Diagnostic[]
  constructor(code: ErrorCode, what: string, diagnostics: readonly Diagnostic[]) {
    const count = diagnostics.length === 1 ? '1 problem' : `${diagnostics.length} problems`
    super(code, `${what} has ${count}:\n\n${diagnostics.map(formatDiagnostic).join('\n')}`, {
      hint: 'Correct what is listed; every problem that could be found is in the list.',
    })
    this.diagnostics = diagnostics
  }
}

export function formatDiagnostic({ path, message, hint }: Diagnostic): string {
  return `  ${path || '(the whole)'}\n    ${message}${hint ? `\n    → ${hint}` : ''}`
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

/** "did you mean" for a misspelt name, if one of the known is near enough to be meant. */
export function suggest(found: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const begun = known.find((name) => found.length >= 3 && name.startsWith(found))
  if (begun !== undefined) return `did you mean "${begun}"?`
  const near = closest(found, known)
  const limit = Math.max(2, Math.floor(found.length / 3))
  return distance(found.toLowerCase(), near.toLowerCase()) <= limit ? `did you mean "${near}"?` : undefined
}
