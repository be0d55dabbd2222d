import type { NamedFinding } from '@sundial/local/doctor'
import { screen, type Colors, type Terminal } from '../terminal.ts'
import { columns, padEnd, wrap } from '../text.ts'

/** What was found for people: what is wrong, with what to do; all that is well in one line, or each by itself. */
export function findingsView(findings: readonly NamedFinding[], { all }: { readonly all: boolean }, terminal: Terminal = screen()): string {
  const of = (verdict: NamedFinding['verdict']) => findings.filter((finding) => finding.verdict === verdict)
  const [problems, warnings, good] = [of('problem'), of('warning'), of('ok')]
  const shown = [...(all ? good : []), ...warnings, ...problems]
  const names = Math.max(...shown.map(({ check }) => columns(check)), 0)
  const blocks = shown.map((finding) => describe(finding, names, terminal))
  const end = conclusion({ problems: problems.length, warnings: warnings.length, good: good.length }, terminal)
  return [...blocks, ...(blocks.length > 0 ? [''] : []), end].join('\n')
}

function describe({ check, verdict, found, ...rest }: NamedFinding, names: number, { colors, width }: Terminal): string {
  const indent = ' '.repeat(names + 4)
  const head = wrap(found, { width, prefix: `${mark(verdict, colors)} ${padEnd(check, names)}  ` })
  if (!('fix' in rest)) return head
  const needed = wrap(colors.dim(`needed: ${rest.needed}`), { width, prefix: indent })
  return [head, needed, wrap(`→ ${rest.fix}`, { width, prefix: indent }).replace('→', colors.cyan('→'))].join('\n')
}

function conclusion({ problems, warnings, good }: { problems: number; warnings: number; good: number }, { colors, width }: Terminal): string {
  const rest = [warnings > 0 ? count(warnings, 'warning') : '', `${good} ok`].filter(Boolean).join(', ')
  if (problems > 0) return wrap(`${count(problems, 'problem')} would stop ./sundial up; ${rest}`, { width, prefix: `${mark('problem', colors)} ` })
  return wrap(`this machine can run the platform: ${rest}`, { width, prefix: `${mark('ok', colors)} ` })
}

function mark(verdict: NamedFinding['verdict'], colors: Colors): string {
  return { ok: colors.green('✓'), warning: colors.yellow('!'), problem: colors.red('✗') }[verdict]
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}
