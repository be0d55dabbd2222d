import type { JsonSchema } from '../schema.ts'
import { narrowings, type Narrowing } from './narrowing.ts'
import { refusal, surprise } from './sentences.ts'

/** Who a change breaks: workflows that were started before it and the results that they left, or programs that call the API. */
export type Audience = 'running-workflows' | 'api-clients'

/** One difference between two versions of a contract. */
export interface ContractChange {
  /** Where in the contract, such as `workflows.fulfil-order.input.lines[].quantity`. */
  readonly path: string
  /** Nobody, if it is empty. */
  readonly breaks: readonly Audience[]
  /** A sentence about what is at the path, and what follows from it. */
  readonly message: string
}

export const BOTH: readonly Audience[] = ['running-workflows', 'api-clients']
export const RUNNING: readonly Audience[] = ['running-workflows']
export const CLIENTS: readonly Audience[] = ['api-clients']

interface Side {
  readonly path: string
  readonly breaks: readonly Audience[]
  /** What follows. */
  readonly because: string
}

/** What is sent to a workflow or an activity: what was accepted must still be. */
export function narrowed(from: JsonSchema | undefined, to: JsonSchema | undefined, side: Side): ContractChange[] {
  if (!from || !to) return []
  return narrowings(from, to).map((each) => ({ path: at(side.path, each.path), breaks: side.breaks, message: `${refusal(each)}: ${side.because}` }))
}

/** What is read by somebody: it may not become something that could not be before. */
export function widened(from: JsonSchema | undefined, to: JsonSchema | undefined, side: Side): ContractChange[] {
  if (!from || !to) return []
  return readable(narrowings(to, from)).map((each) => ({ path: at(side.path, each.path), breaks: side.breaks, message: `${surprise(each)}: ${side.because}` }))
}

/** What was written before and is read again, such as a result in a history. */
export function outdated(from: JsonSchema | undefined, to: JsonSchema | undefined, side: Side): ContractChange[] {
  if (!from || !to) return []
  return readable(narrowings(from, to)).map((each) => ({ path: at(side.path, each.path), breaks: side.breaks, message: `${refusal(each)}: ${side.because}` }))
}

/** Readers pass over what they do not know. */
function readable(found: readonly Narrowing[]): Narrowing[] {
  return found.filter(({ kind }) => kind !== 'unknown-property' && kind !== 'closed')
}

function at(path: string, inner: string): string {
  return inner === '' || inner.startsWith('[') ? path + inner : `${path}.${inner}`
}

export interface Members<T> {
  readonly path: string
  readonly old: Readonly<Record<string, T>> | undefined
  readonly new: Readonly<Record<string, T>> | undefined
}

/** By name: what is gone, what is new, and what may have changed. */
export function* compareMembers<T>(
  { path, old = {}, new: now = {} }: Members<T>,
  rules: {
    removed(member: T): Omit<ContractChange, 'path'>
    added(member: T): Omit<ContractChange, 'path'>
    both(path: string, old: T, now: T): Iterable<ContractChange>
  },
): Generator<ContractChange> {
  for (const [name, member] of Object.entries(old)) {
    const inner = `${path}.${name}`
    const other = Object.hasOwn(now, name) ? now[name] : undefined
    if (other === undefined) yield { path: inner, ...rules.removed(member) }
    else yield* rules.both(inner, member, other)
  }
  for (const [name, member] of Object.entries(now)) if (!Object.hasOwn(old, name)) yield { path: `${path}.${name}`, ...rules.added(member) }
}
