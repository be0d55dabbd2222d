import { DiagnosticsError, SundialError } from '@sundial/platform'
import { terminalOf } from './terminal.ts'
import { bugView, errorView } from './views/error-view.ts'

/** Says what went wrong on standard error and gives the exit code. Unknown errors are bugs: they keep their stack. */
export function reportError(error: unknown, { json = false }: { json?: boolean } = {}): number {
  const terminal = terminalOf(process.stderr)
  if (!(error instanceof SundialError)) {
    process.stderr.write(`${bugView(error, terminal)}\n`)
    return 2
  }
  if (json) {
    const diagnostics = error instanceof DiagnosticsError ? { diagnostics: error.diagnostics } : {}
    process.stderr.write(`${JSON.stringify({ error: { code: error.code, message: error.message, hint: error.hint, ...diagnostics } }, undefined, 2)}\n`)
  } else {
    process.stderr.write(`${errorView(error, terminal)}\n`)
  }
  return error.exitCode
}
