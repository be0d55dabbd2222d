import { DiagnosticsError, SundialError } from '@sundial/platform'
import colors from 'picocolors'

/** Says what went wrong on standard error and gives the exit code. Unknown errors are bugs: they keep their stack. */
export function reportError(error: unknown, { json = false }: { json?: boolean } = {}): number {
  if (!(error instanceof SundialError)) {
    process.stderr.write(`${colors.red('unexpected error')}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    return 2
  }
  if (json) {
    const diagnostics = error instanceof DiagnosticsError ? { diagnostics: error.diagnostics } : {}
    process.stderr.write(`${JSON.stringify({ error: { code: error.code, message: error.message, hint: error.hint, ...diagnostics } }, undefined, 2)}\n`)
  } else {
    process.stderr.write(`${colors.red('✗')} ${error.message}\n\n${colors.dim('→')} ${error.hint} ${colors.dim(`(${error.code})`)}\n`)
  }
  return error.exitCode
}
