import { DiagnosticsError, suggest, type Diagnostic } from './model/diagnostics.ts'
import { merge } from './model/merge.ts'
import { workloadsOf, type Plan } from './model/plan.ts'
import type { Platform } from './model/platform.ts'
import { replicas } from './model/settings/primitives.ts'
import { makePlan } from './plan.ts'

/**
 * The platform with other numbers of running copies. Names are those of workloads, such as `orders-api`, or roles that only one of them
 * has, such as Temporal's `history`.
 * @throws DiagnosticsError `SUN_UNKNOWN_NAME` with every name that cannot be scaled and every number that is not allowed
 */
export function withReplicas(platform: Platform, copies: ReadonlyMap<string, number>): Platform {
  if (copies.size === 0) return platform
  const plan = makePlan(platform)
  const problems: Diagnostic[] = []
  let scaled: unknown = platform
  for (const [name, count] of copies) {
    const found = settingOf(name, plan)
    if ('problem' in found) problems.push(found.problem)
    else if (!replicas.safeParse(count).success)
      problems.push({ path: name, message: `must be a whole number from ${replicas.minValue} to ${replicas.maxValue}; found ${count}` })
    else scaled = merge(scaled, nested(found.setting, count))
  }
  if (problems.length > 0) throw new DiagnosticsError('SUN_UNKNOWN_NAME', 'What to run in several copies', problems)
  return scaled as Platform
}

function settingOf(name: string, plan: Plan): { readonly setting: readonly string[] } | { readonly problem: Diagnostic } {
  const scalable = workloadsOf(plan).flatMap(({ scale, ...rest }) => (scale.setting ? [{ ...rest, setting: scale.setting }] : []))
  const named = scalable.filter((workload) => workload.name === name)
  const meant = named.length > 0 ? named : scalable.filter(({ roles }) => roles.includes(name))
  const [first] = meant
  if (first && meant.length === 1) return first
  if (first) return problem(name, `is a role of ${meant.map((workload) => workload.name).join(' and of ')}`, 'name one of them')
  const party = plan.parties.find((candidate) => candidate.name === name)
  if (party) return problem(name, party.kind === 'external' ? 'is run by others' : 'always runs in one copy')
  const free = scalable.filter(({ volumes }) => volumes.length === 0)
  const roles = free.flatMap((workload) => workload.roles)
  const known = [...roles.filter((role) => roles.indexOf(role) === roles.lastIndexOf(role)), ...free.map((workload) => workload.name)]
  return problem(name, `is nothing that can run in several copies; known: ${known.join(', ')}`, suggest(name, known))
}

function problem(path: string, message: string, hint?: string): { readonly problem: Diagnostic } {
  return { problem: { path, message, ...(hint !== undefined && { hint }) } }
}

/** `['a', 'b']` and 1 give `{ a: { b: 1 } }`. */
function nested(path: readonly string[], value: number): unknown {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value)
}
