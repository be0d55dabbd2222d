import { type ApiProblem, problem } from '../http/api-problem.ts'
import type { ProblemSlug } from '../http/problems.ts'
import type { OperationKind } from '../routes/operation.ts'
import { UPSTREAM_RULES, type UpstreamRule } from './upstream-rules.ts'

interface UpstreamFacts {
  readonly names: ReadonlySet<string>
  readonly code: number | undefined
  readonly texts: readonly string[]
  readonly workflowId: string | undefined
}

/** Words of the server that help a caller; those of other problems are about our own set-up, so they go to the log only. */
const QUOTED = new Set<ProblemSlug>(['not-found', 'already-closed', 'query-failed', 'payload-too-large', 'bad-visibility-query', 'invalid-argument'])

/** The problem that an error of Temporal's client is, by {@link UPSTREAM_RULES}. Nothing when it is no such error. */
export function upstreamProblem(error: unknown, operation: OperationKind | undefined, rules: readonly UpstreamRule[] = UPSTREAM_RULES): ApiProblem | undefined {
  const facts = factsOf(error)
  const slug = rules.find((rule) => matches(rule, facts, operation))?.slug ?? (facts.code === undefined ? undefined : 'upstream-error')
  if (slug === undefined) return undefined
  return problem(slug, detailOf(slug, facts), { cause: error, ...(facts.workflowId && { extensions: { workflowId: facts.workflowId } }) })
}

/** Whether an error says that the run is over: for those that want to look whether another has followed it. */
export function isAlreadyClosed(error: unknown): boolean {
  return upstreamProblem(error, undefined)?.slug === 'already-closed'
}

function matches(rule: UpstreamRule, facts: UpstreamFacts, operation: OperationKind | undefined): boolean {
  if (rule.name !== undefined && !facts.names.has(rule.name)) return false
  if (rule.codes !== undefined && (facts.code === undefined || !rule.codes.includes(facts.code))) return false
  if (rule.operation !== undefined && rule.operation !== operation) return false
  const { says } = rule
  return says === undefined || facts.texts.some((text) => says.test(text))
}

/** The SDK wraps gRPC's error in one or two of its own; each has a part of what we need. */
function factsOf(error: unknown): UpstreamFacts {
  const names = new Set<string>()
  const texts: string[] = []
  let code: number | undefined
  let workflowId: string | undefined
  for (let each = error; each instanceof Error; each = each.cause) {
    const fields = each as { code?: unknown; details?: unknown; metadata?: unknown; workflowId?: unknown }
    names.add(each.name)
    if (typeof fields.details === 'string' && fields.details !== '') texts.push(fields.details)
    else texts.push(each.message)
    if (code === undefined && typeof fields.code === 'number' && typeof fields.details === 'string') code = fields.code
    if (typeof fields.workflowId === 'string' && fields.workflowId !== '') workflowId ??= fields.workflowId
  }
  return { names, code, texts, workflowId }
}

const DETAILS: Partial<Record<ProblemSlug, string>> = {
  'already-started': 'a workflow with this id was started before, and its contract does not let it start again',
  'no-worker': 'no worker of this workflow answered; it may be down, or busy',
  throttled: 'Temporal is at its limit for this namespace; try again',
  unavailable: 'Temporal does not answer; try again',
  'namespace-unavailable': 'the namespace is not there yet, or Temporal cannot reach its database; try again, and see the log of the API if it stays so',
  timeout: 'Temporal took too long; what was asked for may or may not have happened',
}

function detailOf(slug: ProblemSlug, { texts }: UpstreamFacts): string {
  return (QUOTED.has(slug) ? texts.at(-1) : DETAILS[slug]) ?? 'the log of the API says more under this request id'
}
