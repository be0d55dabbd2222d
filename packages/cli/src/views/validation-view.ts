import type { Finding } from '@sundial/platform/validate'
import { screen, type Terminal } from '../terminal.ts'
import { wrap } from '../text.ts'

/** What was looked at, and what is wrong with it. */
export interface Validation {
  /** How many objects were looked at. */
  readonly objects: number
  /** The environments that were rendered; none, if files were read. */
  readonly environments: readonly string[]
  /** Folders of charts, which were not looked at. */
  readonly charts: readonly string[]
  readonly findings: readonly (Finding & { readonly environments?: readonly string[] })[]
}

/** Everything that is wrong, object by object, each with what to do. */
export function validationView(validation: Validation, terminal: Terminal = screen()): string {
  const groups = new Map<string, Validation['findings'][number][]>()
  for (const finding of validation.findings) {
    const key = headOf(finding, validation)
    groups.set(key, [...(groups.get(key) ?? []), finding])
  }
  const blocks = [...groups].map(([head, findings]) => [terminal.colors.bold(head), ...findings.map((finding) => describe(finding, terminal))].join('\n'))
  return [...blocks, conclusion(validation, terminal)].join('\n\n')
}

/** An object, and the file that it is in or the environments that it is so in. */
function headOf({ object, location, environments = [] }: Validation['findings'][number], { environments: all }: Validation): string {
  if (location) return `${object}  ${location.file}`
  return environments.length === all.length ? object : `${object}  in ${environments.join(' and ')}`
}

const INDENT = '    '

function describe({ rule, severity, path, message, hint, location }: Validation['findings'][number], { colors, width }: Terminal): string {
  const mark = severity === 'error' ? colors.red('✗') : colors.yellow('!')
  const where = [rule, location && `line ${location.line}`].filter(Boolean).join(', ')
  const advice = hint === undefined ? [] : [wrap(`→ ${hint}`, { width, prefix: INDENT }).replace('→', colors.cyan('→'))]
  return [`${mark} ${path || '(the whole)'}`, wrap(message, { width, prefix: INDENT }), ...advice, INDENT + colors.dim(where)].join('\n')
}

function conclusion({ objects, environments, charts, findings }: Validation, { colors, width }: Terminal): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  const where = `${count(objects, 'object')}${environments.length > 0 ? ` of ${environments.join(', ')}` : ''}`
  const verdict =
    findings.length === 0 ? 'nothing is wrong' : [errors > 0 && count(errors, 'error'), warnings > 0 && count(warnings, 'warning')].filter(Boolean).join(', ')
  const mark = errors > 0 ? colors.red('✗') : warnings > 0 ? colors.yellow('!') : colors.green('✓')
  const note = charts.map((folder) => `\n! ${folder} is a chart, and was left out; helm template ${folder} | ./sundial validate -`).join('')
  return wrap(`${verdict} in ${where}${note}`, { width, prefix: `${mark} ` })
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}
