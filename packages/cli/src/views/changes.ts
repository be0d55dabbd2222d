import type { SettingChange } from '@sundial/local'
import type { Platform } from '@sundial/platform'
import { screen, type Terminal } from '../terminal.ts'
import { wrap } from '../text.ts'

/** More than this are counted. */
const SHOWN = 5

/** What the running platform has otherwise than the configuration, and what to do. Empty if there is nothing. */
export function changesView(
  changes: readonly SettingChange[],
  { environment, features }: Pick<Platform, 'environment' | 'features'>,
  { colors, width }: Terminal = screen(),
): string {
  if (changes.length === 0) return ''
  const option = environment === 'development' ? '' : ` --environment ${environment}`
  const rest = changes.length - SHOWN
  return [
    wrap('what runs is of another configuration than sundial.config.ts is now:', { width, prefix: `${colors.yellow('!')} ` }),
    ...changes
      .slice(0, SHOWN)
      .map(({ path, running, configured }) => wrap(`  ${path}: ${running ?? 'not there'} runs, ${configured ?? 'nothing'} is configured`, { width })),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
    wrap(`Apply it: ./sundial down${option} && ./sundial up${option}${features.map((feature) => ` --with ${feature}`).join('')}`, {
      width,
      prefix: `${colors.cyan('→')} `,
    }),
  ].join('\n')
}
