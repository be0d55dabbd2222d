import type { NamedFinding } from '@sundial/local'
import colors from 'picocolors'

const MARKS = { ok: colors.green('✓'), warning: colors.yellow('!'), problem: colors.red('✗') } as const

/** What was found for people: what is wrong, with what to do; all that is well in one line, or each by itself. */
export function describeFindings(findings: readonly NamedFinding[], { all, width = lineWidth() }: { readonly all: boolean; readonly width?: number }): string {
  const of = (verdict: NamedFinding['verdict']) => findings.filter((finding) => finding.verdict === verdict)
  const [problems, warnings, good] = [of('problem'), of('warning'), of('ok')]
  const shown = [...(all ? good : []), ...warnings, ...problems]
  const names = Math.max(...shown.map(({ check }) => check.length), 0)
  const blocks = shown.map((finding) => describe(finding, { names, width }))
  return [...blocks, ...(blocks.length > 0 ? [''] : []), conclusion({ problems: problems.length, warnings: warnings.length, good: good.length })].join('\n')
}

function describe(finding: NamedFinding, { names, width }: { readonly names: number; readonly width: number }): string {
  const indent = ' '.repeat(names + 4)
  const lines = (text: string, begin: string) => wrap(text, width - indent.length).map((line, index) => (index === 0 ? begin : indent) + line)
  const head = lines(finding.found, `${MARKS[finding.verdict]} ${finding.check.padEnd(names)}  `)
  if (finding.verdict === 'ok') return head.join('\n')
  const more = [...lines(`needed: ${finding.needed}`, indent).map((line) => colors.dim(line)), ...lines(`→ ${finding.fix}`, indent)]
  return [...head, ...more].join('\n')
}

function conclusion({ problems, warnings, good }: { readonly problems: number; readonly warnings: number; readonly good: number }): string {
  const rest = [warnings > 0 ? count(warnings, 'warning') : '', `${good} ok`].filter(Boolean).join(', ')
  if (problems > 0) return `${MARKS.problem} ${count(problems, 'problem')} would stop ./sundial up; ${rest}`
  return `${MARKS.ok} this machine can run the platform: ${rest}`
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}

/** Lines of whole words. A word that is too long, such as a path, stays whole, so that it can be copied. */
function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = []
    for (const word of paragraph.trim().split(' ')) {
      const last = lines.at(-1)
      if (last === undefined || last.length + 1 + word.length > width) lines.push(word)
      else lines[lines.length - 1] = `${last} ${word}`
    }
    return lines
  })
}

function lineWidth(): number {
  return (process.stdout.isTTY && process.stdout.columns) || 120
}
