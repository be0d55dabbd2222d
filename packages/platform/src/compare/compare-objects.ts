import { isDeepStrictEqual } from 'node:util'
import { load } from 'js-yaml'
import { isRecord } from '../validate/cursor.ts'

/** One field that differs. */
export interface FieldChange {
  /** Such as `spec.template.spec.containers[api].image`: what a list holds is named by its name, if it has one. */
  readonly path: string
  /** Absent if the field is new. */
  readonly before?: unknown
  /** Absent if the field is gone. */
  readonly after?: unknown
}

/** What differs between two values, as deep as it can be said. Text that is YAML or JSON is compared by what it means. */
export function compareValues(before: unknown, after: unknown, path = ''): FieldChange[] {
  if (isDeepStrictEqual(before, after)) return []
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return keys.flatMap((key) => compareValues(before[key], after[key], below(path, key)))
  }
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(before, after, path)
  const [old, now] = [documentIn(before), documentIn(after)]
  if (old !== undefined && now !== undefined) {
    const inside = compareValues(old, now, path)
    // Another order, or another comment.
    return inside.length > 0 ? inside : [{ path, before, after }]
  }
  if (isText(before) && isText(after)) return [{ path: `${path} (lines)`, ...changedLines(before, after) }]
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }]
}

/** Fields that name what a list holds. */
const NAMES = ['name', 'secretKey', 'containerPort', 'mountPath', 'port', 'key']

function compareLists(before: readonly unknown[], after: readonly unknown[], path: string): FieldChange[] {
  const name = NAMES.find((field) => isNamedBy(before, field) && isNamedBy(after, field))
  if (name === undefined) {
    const length = Math.max(before.length, after.length)
    return Array.from({ length }, (_, index) => compareValues(before[index], after[index], `${path}[${index}]`)).flat()
  }
  const byName = (list: readonly unknown[]) => new Map(list.map((each) => [String((each as Record<string, unknown>)[name]), each]))
  const [old, now] = [byName(before), byName(after)]
  const changes = [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => compareValues(old.get(key), now.get(key), `${path}[${key}]`))
  return changes.length > 0 ? changes : [{ path: `${path} (order)`, before: [...old.keys()].join(', '), after: [...now.keys()].join(', ') }]
}

function isNamedBy(list: readonly unknown[], field: string): boolean {
  const names = list.map((each) => (isRecord(each) ? each[field] : undefined))
  return names.every((name) => name !== undefined) && new Set(names).size === names.length
}

function below(path: string, key: string): string {
  const simple = /^[A-Za-z_$][\w$-]*$/.test(key)
  if (!simple) return `${path}[${JSON.stringify(key)}]`
  return path === '' ? key : `${path}.${key}`
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.includes('\n')
}

/** Of a text that nobody can read but its program, the lines that only one side has. */
function changedLines(before: string, after: string): { readonly before: string; readonly after: string } {
  const [old, now] = [before.split('\n'), after.split('\n')]
  const only = (lines: readonly string[], others: ReadonlySet<string>) => lines.filter((line) => !others.has(line)).map((line) => line.trim())
  return { before: only(old, new Set(now)).join('\n'), after: only(now, new Set(old)).join('\n') }
}

/** What a text of several lines says, if it is YAML or JSON. */
function documentIn(value: unknown): object | undefined {
  if (!isText(value)) return undefined
  try {
    const document = load(value.replaceAll(/\{\{(.*?)\}\}/g, (_, inside: string) => JSON.stringify(`{{${inside}}}`)))
    return typeof document === 'object' && document !== null ? document : undefined
  } catch {
    return undefined
  }
}
