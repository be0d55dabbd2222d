import { type Machine, machineLine } from '../machine.ts'
import { table } from '../tables.ts'

/** What came of the cases, by who sent them. */
export type CallerResults = Readonly<Record<string, { readonly ok: boolean; readonly cases: number; readonly seconds: number }>>

/** The result for people. */
export function schemathesisMarkdown(results: CallerResults, { machine, date, examples }: { machine: Machine; date: string; examples: number }): string {
  const all = Object.values(results)
  const failed = all.filter(({ ok }) => !ok).length
  const cases = all.reduce((sum, each) => sum + each.cases, 0)
  return `${[
    "# Drill: cases made from the API's document",
    `Schemathesis sent ${cases} requests that the document allows, or does not: ` +
      `**${failed === 0 ? 'no answer was 5xx, or not in the document' : `${failed} of ${all.length} callers had an answer that was 5xx, or not in the document`}**.`,
    `Every limit that the document names was tried, and each operation got ${examples} cases at random. ${machineLine(machine, date)}. Run it: \`npm run drill -- schemathesis\`.`,
    table(
      ['caller may do', 'cases', 'seconds', 'violations'],
      Object.entries(results).map(([caller, { ok, cases: sent, seconds }]) => [caller, sent, seconds, ok ? 'none' : 'some']),
    ),
  ].join('\n\n')}\n`
}
