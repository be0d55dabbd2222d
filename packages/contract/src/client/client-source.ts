import { pascalCase } from '../checks/names.ts'
import type { ContractManifest } from '../manifest.ts'
import type { JsonSchema } from '../schema.ts'
import { createErrorClasses } from './error-classes.ts'
import { commentText, propertyName, quote, writeType } from './json-schema-types.ts'

type Workflow = ContractManifest['workflows'][string]

/**
 * The source of a TypeScript client of a contract's API, in one file that needs nothing but `fetch`: it compiles under `strict` and runs in Node 20
 * and in browsers.
 *
 * @param runtime the source of `@sundial/contract/client-runtime.ts`, which becomes a part of it
 */
export function clientSource(manifest: ContractManifest, runtime: string): string {
  const workflows = Object.entries(manifest.workflows).filter(([, { http }]) => http !== false)
  const errors = createErrorClasses(workflows)
  const parts = workflows.map(([type, workflow]) => workflowSource(type, workflow, errors.nameOf))
  const client = pascalCase(manifest.name)
  return [
    `// The client of the contract "${manifest.name}". Generated: change the contract instead.`,
    ...parts.flatMap(({ declarations }) => declarations),
    `/** The workflows of "${manifest.name}". */\nexport interface ${client}Client {\n${parts.map(({ member }) => member).join('\n')}\n}`,
    '// What all clients have.',
    runtime.trim(),
    '// What this one has.',
    // Classes are there from where they stand on.
    ...errors.declarations,
    `export function create${client}Client(options: ClientOptions): ${client}Client {\n  return createClient<${client}Client>(options, {\n${parts.map(({ table }) => table).join('\n')}\n  })\n}`,
    '',
  ].join('\n\n')
}

interface WorkflowSource {
  readonly declarations: readonly string[]
  /** Of the client's interface. */
  readonly member: string
  /** What the calls need to know. */
  readonly table: string
}

function workflowSource(type: string, workflow: Workflow, errorName: (type: string, error: string) => string): WorkflowSource {
  const { access, description, errors = {} } = workflow
  const name = pascalCase(type)
  const declarations: string[] = []
  const declare = (typeName: string, schema: JsonSchema, side: 'input' | 'output') => {
    const { type: text, declarations: definitions } = writeType(typeName, schema, side)
    declarations.push(...definitions, `export type ${typeName} = ${text}`)
    return typeName
  }
  const input = declare(`${name}Input`, workflow.input, 'input')
  const output = declare(`${name}Output`, workflow.output, 'output')
  const signals = access.signal === undefined ? {} : (workflow.signals ?? {})
  const queries = access.read === undefined ? {} : (workflow.queries ?? {})
  const updates = access.update === undefined ? {} : (workflow.updates ?? {})
  const methods = {
    signals: Object.entries(signals).map(([signal, each]) => {
      const argument = declare(`${name}${pascalCase(signal)}Signal`, each.input, 'input')
      return method(signal, each.description, `(input: ${argument}, options?: MessageOptions): Promise<void>`)
    }),
    queries: Object.entries(queries).map(([query, each]) => {
      const argument = each.input === undefined ? '' : `input: ${declare(`${name}${pascalCase(query)}Query`, each.input, 'input')}, `
      const result = declare(`${name}${pascalCase(query)}Result`, each.output, 'output')
      return method(query, each.description, `(${argument}options?: CallOptions): Promise<${result}>`)
    }),
    updates: Object.entries(updates).map(([update, each]) => {
      const argument = declare(`${name}${pascalCase(update)}Update`, each.input, 'input')
      const result = declare(`${name}${pascalCase(update)}UpdateResult`, each.output, 'output')
      return method(update, each.description, `(input: ${argument}, options?: MessageOptions): Promise<${result}>`)
    }),
  }
  const handle = [
    '  readonly workflowId: string',
    ...(access.read === undefined
      ? []
      : [
          '  /** Where it stands. */\n  describe(options?: CallOptions): Promise<WorkflowDescription>',
          `  /** Waits for its end. Rejects with an error that it declares, or with an {@link ApiError}. */\n  result(options?: ResultOptions): Promise<${output}>`,
        ]),
    ...(access.cancel === undefined
      ? []
      : ['  /** Asks it to stop; it may clean up first. */\n  cancel(reason?: string, options?: CallOptions): Promise<void>']),
    ...(access.terminate === undefined
      ? []
      : ['  /** Ends it at once; its code does not run any more. */\n  terminate(reason?: string, options?: CallOptions): Promise<void>']),
    ...Object.entries(methods).flatMap(([kind, members]) => (members.length === 0 ? [] : [`  readonly ${kind}: {\n${members.join('\n')}\n  }`])),
  ]
  const calls = [
    ...(access.start === undefined
      ? []
      : [
          `  /** Starts one. */\n  start(input: ${input}, options?: StartOptions): Promise<${name}Handle>`,
          `  /** Makes sure that the one with this id was started with this input, however often it is called. */\n  ensure(workflowId: string, input: ${input}, options?: CallOptions): Promise<${name}Handle>`,
        ]),
    ...(access.start === undefined || access.read === undefined
      ? []
      : [`  /** Starts one and waits for its end. */\n  run(input: ${input}, options?: StartOptions & ResultOptions): Promise<${output}>`]),
    `  /** The one with this id; nothing is asked yet. */\n  get(workflowId: string): ${name}Handle`,
  ]
  declarations.push(`/** One workflow: ${commentText(description)} */\nexport interface ${name}Handle {\n${handle.join('\n')}\n}`)
  declarations.push(`export interface ${name}Workflow {\n${calls.join('\n')}\n}`)
  return {
    declarations,
    member: `  /** ${commentText(description)} */\n  readonly ${camelCase(type)}: ${name}Workflow`,
    table: [
      `    ${camelCase(type)}: {`,
      `      type: ${quote(type)},`,
      `      signals: ${record(Object.keys(signals), quote)},`,
      `      queries: ${record(Object.keys(queries), (query) => `[${quote(query)}, '${queries[query]?.input === undefined ? 'GET' : 'POST'}']`)},`,
      `      updates: ${record(Object.keys(updates), quote)},`,
      `      errors: {${Object.keys(errors).length > 0 ? ' ' : ''}${Object.keys(errors)
        .map((error) => (errorName(type, error) === error ? error : `${error}: ${errorName(type, error)}`))
        .join(', ')}${Object.keys(errors).length > 0 ? ' ' : ''}},`,
      '    },',
    ].join('\n'),
  }
}

function method(name: string, description: string | undefined, signature: string): string {
  return `${description === undefined ? '' : `    /** ${commentText(description)} */\n`}    ${propertyName(camelCase(name))}${signature}`
}

/** By the names of the client, which are one for each name of the contract. */
function record(names: readonly string[], value: (name: string) => string): string {
  return names.length === 0 ? '{}' : `{ ${names.map((name) => `${camelCase(name)}: ${value(name)}`).join(', ')} }`
}

/** `change-address` as `changeAddress`. */
function camelCase(name: string): string {
  const pascal = pascalCase(name)
  return pascal.charAt(0).toLowerCase() + pascal.slice(1)
}
