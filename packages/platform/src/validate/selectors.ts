import type { Cursor } from './cursor.ts'
import type { Selector } from './tree.ts'

/** A label selector with `matchLabels` and `matchExpressions`, as a question. */
export function selectorOf(at: Cursor): Selector {
  const wanted = at.get('matchLabels').labels ?? {}
  const expressions = at.get('matchExpressions').items
  return (labels) => matches(wanted, labels) && expressions.every((expression) => holds(expression, labels))
}

/** Labels that must be there, as Services have them. */
export function matchLabels(at: Cursor): Selector {
  const wanted = at.labels ?? {}
  return (labels) => matches(wanted, labels)
}

function matches(wanted: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value)
}

function holds(expression: Cursor, labels: Readonly<Record<string, string>>): boolean {
  const key = expression.get('key').text ?? ''
  const value = labels[key]
  const values = expression.get('values').items.map((each) => each.text)
  switch (expression.get('operator').text ?? '') {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      return false
  }
}

/** A selector as people write it: `app=a,tier=b`. */
export function shownLabels(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
}
