import type { ObjectChange, TreeChanges } from '@sundial/platform/compare'
import { screen, type Terminal } from '../terminal.ts'
import { wrap } from '../text.ts'

export interface TreeChangesOptions {
  /** Values are shown whole, however long they are. */
  readonly whole: boolean
}

const INDENT = '    '
/** Characters of a value that say enough of it. */
const ENOUGH = 60

/** What differs, object by object; what cannot be undone stands out, and is counted at the end. */
export function treeChangesView({ objects, settled }: TreeChanges, { whole }: TreeChangesOptions, terminal: Terminal = screen()): string {
  const { colors, width } = terminal
  if (objects.length + settled.length === 0) return `${colors.green('✓')} no difference`
  const plain = (['added', 'removed'] as const).map((change) =>
    objects
      .filter((each) => each.change === change)
      .map((each) => wholeObject(each, terminal))
      .join('\n'),
  )
  const changed = objects.filter(({ change }) => change === 'changed').map((each) => changedObject(each, { whole }, terminal))
  const facts = settled.map(({ what, before, after, why }) => wrap(`${what}: ${before} → ${after}; ${why}`, { width, prefix: `${colors.red('✗')} ` }))
  return [...plain, ...changed, facts.join('\n'), conclusion(objects, settled.length, terminal)].filter((part) => part !== '').join('\n\n')
}

function wholeObject({ change, object, irreversible }: ObjectChange, { colors, width }: Terminal): string {
  const mark = change === 'added' ? colors.green('+') : colors.red('-')
  return wrap(irreversible === undefined ? object : `${object}: ${irreversible}`, { width, prefix: `${mark} ` })
}

function changedObject({ object, renamed, fields }: ObjectChange, { whole }: TreeChangesOptions, { colors, width }: Terminal): string {
  const head = `${colors.yellow('~')} ${colors.bold(object)}`
  const lines = fields.flatMap(({ path, before, after, irreversible }) => {
    const values = [
      ...(before === undefined ? [] : [wrap(`- ${shown(before, whole)}`, { width, prefix: `${INDENT}  ` }).replace('-', colors.red('-'))]),
      ...(after === undefined ? [] : [wrap(`+ ${shown(after, whole)}`, { width, prefix: `${INDENT}  ` }).replace('+', colors.green('+'))]),
    ]
    return [
      INDENT + path,
      ...values,
      ...(irreversible === undefined ? [] : [wrap(`✗ ${irreversible}`, { width, prefix: `${INDENT}  ` }).replace('✗', colors.red('✗'))]),
    ]
  })
  return [head, ...(renamed === undefined ? [] : [wrap(`now ${renamed}`, { width, prefix: INDENT })]), ...lines].join('\n')
}

function shown(value: unknown, whole: boolean): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const line = whole ? text : text.replaceAll(/\s*\n\s*/g, ' ⏎ ')
  return !whole && line.length > ENOUGH ? `${line.slice(0, ENOUGH - 1)}…` : line
}

function conclusion(objects: readonly ObjectChange[], settled: number, { colors, width }: Terminal): string {
  const counts = (['added', 'changed', 'removed'] as const).map((change) => `${objects.filter((each) => each.change === change).length} ${change}`)
  const marked = objects.reduce(
    (sum, { irreversible, fields }) => sum + (irreversible === undefined ? 0 : 1) + fields.filter((field) => field.irreversible !== undefined).length,
    settled,
  )
  const warning = marked === 0 ? '' : `; ${colors.red(`${marked} cannot be undone`)}`
  return wrap(`${counts.join(', ')}${warning}`, { width })
}
