import type { JsonSchema, WorkflowDefinition } from '@sundial/contract'
import { PROBLEM_MEDIA_TYPE } from '../http/problem-handler.ts'
import { PROBLEMS, problemDefinition, type ProblemSlug } from '../http/problems.ts'
import { DECLARED_STATUS } from '../temporal/failures.ts'
import type { Components } from './components.ts'

/** A response of the document, in the form that the document's generator takes. */
export interface ResponseDocument {
  readonly description: string
  readonly headers?: Readonly<Record<string, JsonSchema>>
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema; readonly example?: unknown }>>
  /** `null`: no body. */
  readonly type?: 'null'
}

/** An error that a contract declares, in the document. */
export interface DeclaredProblem {
  readonly status: number
  readonly title: string
  readonly schema: JsonSchema
}

const PROBLEM: JsonSchema = { $ref: '#/components/schemas/Problem' }

/** Adds a schema for each declared error of a workflow. */
export function declaredProblems(
  components: Components,
  workflow: { readonly type: string; readonly name: string; readonly definition: WorkflowDefinition },
): DeclaredProblem[] {
  return Object.entries(workflow.definition.errors ?? {}).map(([name, { data, description, httpStatus = DECLARED_STATUS, retryable = false }]) => {
    const path = `workflows.${workflow.type}.errors.${name}.data`
    const dataSchema = data && components.addContract(`${workflow.name}${name}Data`, data, { path, side: 'input' })
    const error = {
      type: 'object',
      required: ['name', ...(dataSchema ? ['data'] : [])],
      properties: { name: { const: name }, ...(dataSchema && { data: dataSchema }) },
    }
    const schema = components.add(`${workflow.name}${name}Problem`, {
      allOf: [
        PROBLEM,
        { type: 'object', required: ['error'], properties: { type: { const: `urn:sundial:problem:${name}` }, retryable: { const: retryable }, error } },
      ],
    })
    return { status: httpStatus, title: description ?? name, schema }
  })
}

/** The responses for problems, one a status, which may have several reasons. */
export function problemResponses(slugs: readonly ProblemSlug[], declared: readonly DeclaredProblem[] = []): Record<string, ResponseDocument> {
  const statuses = new Set([...slugs.map((slug) => PROBLEMS[slug].status), ...declared.map(({ status }) => status)])
  return Object.fromEntries(
    [...statuses].sort().map((status) => {
      const own = slugs.filter((slug) => PROBLEMS[slug].status === status)
      const theirs = declared.filter((each) => each.status === status)
      const titles = [...own.map((slug) => `${PROBLEMS[slug].title} (${slug})`), ...theirs.map(({ title }) => title)]
      const schemas = [...theirs.map(({ schema }) => schema), ...(own.length > 0 ? [PROBLEM] : [])]
      const schema = schemas.length === 1 ? (schemas[0] as JsonSchema) : { anyOf: schemas }
      const example = own[0] === undefined ? undefined : exampleOf(own[0])
      return [String(status), { description: titles.join('; '), content: { [PROBLEM_MEDIA_TYPE]: { schema, ...(theirs.length === 0 && { example }) } } }]
    }),
  )
}

function exampleOf(slug: ProblemSlug): Record<string, unknown> {
  const { status, title, retryAfter } = problemDefinition(slug)
  const retryable = retryAfter !== undefined
  return {
    type: `urn:sundial:problem:${slug}`,
    title,
    status,
    detail: 'More about this request.',
    instance: '/v1/workflows',
    requestId: 'a4b0ef72-4a5c-4f86-9c0e-7f5a5a2b1c3d',
    retryable,
  }
}
