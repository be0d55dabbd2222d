import { SundialError, suggest } from '@sundial/platform'
import { RULES, type Rule } from '@sundial/platform/validate'

export interface RuleChoice {
  /** Only these; all if there are none. */
  readonly only: readonly string[]
  readonly skipped: readonly string[]
}

/** @throws SundialError `SUN_UNKNOWN_NAME` */
export function chosenRules({ only, skipped }: RuleChoice): readonly Rule[] {
  const known = RULES.map(({ id }) => id)
  for (const id of [...only, ...skipped]) {
    if (!known.includes(id))
      throw new SundialError('SUN_UNKNOWN_NAME', `"${id}" is not a rule`, { hint: suggest(id, known) ?? 'docs/reference/rules.md lists them.' })
  }
  return RULES.filter(({ id }) => (only.length === 0 || only.includes(id)) && !skipped.includes(id))
}
