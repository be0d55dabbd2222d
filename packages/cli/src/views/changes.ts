import type { SettingChange } from '@sundial/local'
import colors from 'picocolors'

/** More than this are counted. */
const SHOWN = 5

/** What the running platform has otherwise than the configuration, and what to do. Empty if there is nothing. */
export function describeChanges(changes: readonly SettingChange[], environment: string): string {
  if (changes.length === 0) return ''
  const option = environment === 'development' ? '' : ` --environment ${environment}`
  const rest = changes.length - SHOWN
  return [
    `${colors.yellow('!')} what runs is of another configuration than sundial.config.ts is now:`,
    ...changes.slice(0, SHOWN).map(({ path, running, configured }) => `  ${path}: ${running ?? 'not there'} runs, ${configured ?? 'nothing'} is configured`),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
    `${colors.dim('→')} Apply it: ./sundial down${option} && ./sundial up${option}`,
  ].join('\n')
}
