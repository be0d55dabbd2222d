/** What the compiler found wrong. */
export interface BuildDiagnostic {
  /** From the project's folder; absent for what is wrong with the project as a whole. */
  readonly file?: string
  readonly line?: number
  readonly column?: number
  /** Such as `TS2322`. */
  readonly code: string
  /** May have several lines: what follows the first explains it, each step further in. */
  readonly message: string
}

const IN_FILE = /^(.+)\((\d+),(\d+)\): error (TS\d+): (.*)$/
const GLOBAL = /^error (TS\d+): (.*)$/

/** Reads the compiler's plain output (`--pretty false`). Lines that are no diagnostics and explain none are left out. */
export function parseDiagnostics(output: string): readonly BuildDiagnostic[] {
  const found: BuildDiagnostic[] = []
  for (const line of output.split(/\r?\n/)) {
    const [, file, at, column, code = '', message = ''] = IN_FILE.exec(line) ?? []
    const [, globalCode = '', globalMessage = ''] = GLOBAL.exec(line) ?? []
    const last = found.at(-1)
    if (file !== undefined) found.push({ file, line: Number(at), column: Number(column), code, message })
    else if (globalCode !== '') found.push({ code: globalCode, message: globalMessage })
    else if (last && /^\s+\S/.test(line)) found[found.length - 1] = { ...last, message: `${last.message}\n${line}` }
  }
  return found
}
