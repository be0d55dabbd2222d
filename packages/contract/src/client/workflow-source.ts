import { pascalCase } from '../checks/names.ts'
import type { ContractManifest } from '../manifest.ts'
import type { JsonSchema } from '../schema.ts'
import { commentText, quote, writeType } from './json-schema-types.ts'
import { camelCase, group, member, record } from './source-text.ts'

type Workflow = ContractManifest['workflows'][string]

export interface WorkflowSource {
  readonly declarations: readonly string[]
  /** Of the client's interface. */
  readonly member: string
  /** What the calls need to know. */
  readonly table: string
}

/** What a client has of one workflow: no more than the API shows, and grants to somebody. */
export function workflowSource(type: string, workflow: Workflow, errorName: (type: string, error: string) => string): WorkflowSource {
  const { access, description } = workflow
  const name = pascalCase(type)
  const declarations: string[] = []
  const declare = (typeName: string, schema: JsonSchema, side: 'input' | 'output') => {
    const { type: text, declarations: definitions } = writeType(typeName, schema, side)
    declarations.push(...definitions, `export type ${typeName} = ${text}`)
    return typeName
  }
  const input = declare(`${name}Input`, workflow.input, 'input')
  const output = declare(`${name}Output`, workflow.output, 'output')
  const messages = messagesOf({ workflow, name, input, declare })
  const progress = progressOf(workflow, name)
  if (access.read !== undefined) declarations.push(`/** Where one stood at a moment. */\nexport type ${name}Event = EventOf<${progress}>`)
  const handle = [
    '  readonly workflowId: string',
    ...only(access.read, [
      member('  ', 'Where it stands.', 'describe(options?: RunOptions): Promise<WorkflowDescription>'),
      member(
        '  ',
        'Waits for its end. Rejects with an error that it declares, or with an {@link ApiError}.',
        `result(options?: ResultOptions): Promise<${output}>`,
      ),
      member(
        '  ',
        'Where it stands, now and whenever that changes, until it has ended.',
        `events(options?: CallOptions): AsyncGenerator<${name}Event, void, undefined>`,
      ),
    ]),
    ...only(access.cancel, [member('  ', 'Asks it to stop; it may clean up first.', 'cancel(reason?: string, options?: CallOptions): Promise<void>')]),
    ...only(access.terminate, [
      member('  ', 'Ends it at once; its code does not run any more.', 'terminate(reason?: string, options?: CallOptions): Promise<void>'),
    ]),
    ...only(access.reset, [
      member(
        '  ',
        'Goes back: before everything that it did, before what it did last, or to the number of an event that ends a workflow task. Gives the run that goes on.',
        "reset(to: 'first' | 'last' | number, options?: ResetOptions): Promise<Run>",
      ),
    ]),
    ...group('signals', messages.signals),
    ...group('queries', messages.queries),
    ...group('updates', messages.updates),
  ]
  const calls = [
    ...only(access.start, [
      member('  ', 'Starts one.', `start(input: ${input}, options?: StartOptions): Promise<${name}Handle>`),
      member(
        '  ',
        'Makes sure that the one with this id was started with this input, however often it is called. A new idempotencyKey asks for another run.',
        `ensure(workflowId: string, input: ${input}, options?: MessageOptions): Promise<${name}Handle>`,
      ),
    ]),
    ...only(access.start && access.read, [
      member('  ', 'Starts one and waits for its end.', `run(input: ${input}, options?: StartOptions & ResultOptions): Promise<${output}>`),
    ]),
    ...group('signalWithStart', messages.signalWithStart),
    ...group('updateWithStart', messages.updateWithStart),
    member('  ', 'The one with this id; nothing is asked yet.', `get(workflowId: string): ${name}Handle`),
  ]
  declarations.push(`/** One workflow: ${commentText(description)} */\nexport interface ${name}Handle {\n${handle.join('\n')}\n}`)
  declarations.push(`export interface ${name}Workflow {\n${calls.join('\n')}\n}`)
  return {
    declarations,
    member: member('  ', description, `readonly ${camelCase(type)}: ${name}Workflow`),
    table: tableOf(type, workflow, errorName),
  }
}

/** What is granted to somebody. */
function only<T>(scope: string | undefined, members: readonly T[]): readonly T[] {
  return scope === undefined ? [] : members
}

/** The messages of a workflow that the API takes. */
function shownMessages({ access, signals = {}, queries = {}, updates = {} }: Workflow) {
  return {
    signals: access.signal === undefined ? {} : signals,
    queries: access.read === undefined ? {} : queries,
    updates: access.update === undefined ? {} : updates,
  }
}

interface Messages {
  readonly workflow: Workflow
  readonly name: string
  readonly input: string
  declare(typeName: string, schema: JsonSchema, side: 'input' | 'output'): string
}

function messagesOf({ workflow, name, input, declare }: Messages) {
  const { signals, queries, updates } = shownMessages(workflow)
  const signalTypes = Object.entries(signals).map(([signal, each]) => ({
    ...each,
    signal,
    argument: declare(`${name}${pascalCase(signal)}Signal`, each.input, 'input'),
  }))
  const updateTypes = Object.entries(updates).map(([update, each]) => {
    const of = `${name}${pascalCase(update)}Update`
    return { ...each, update, argument: declare(of, each.input, 'input'), result: declare(`${of}Result`, each.output, 'output') }
  })
  const withStart = <T extends { readonly withStart?: boolean }>(each: readonly T[]) =>
    only(
      workflow.access.start,
      each.filter((one) => one.withStart === true),
    )
  const method = (of: string, description: string | undefined, signature: string) => member('    ', description, camelCase(of) + signature)
  return {
    signals: signalTypes.map(({ signal, description, argument }) =>
      method(signal, description, `(input: ${argument}, options?: MessageOptions): Promise<void>`),
    ),
    queries: Object.entries(queries).map(([query, each]) => {
      const argument = each.input === undefined ? '' : `input: ${declare(`${name}${pascalCase(query)}Query`, each.input, 'input')}, `
      const result = declare(resultName(name, query), each.output, 'output')
      return method(query, each.description, `(${argument}options?: QueryOptions): Promise<${result}>`)
    }),
    updates: updateTypes.map(({ update, description, argument, result }) =>
      method(update, description, `(input: ${argument}, options?: MessageOptions): Promise<${result}>`),
    ),
    signalWithStart: withStart(signalTypes).map(({ signal, description, argument }) =>
      method(
        signal,
        `${description ?? signal}. It is started first if it does not run.`,
        `(workflowId: string, body: { readonly start: ${input}; readonly signal: ${argument} }, options?: MessageOptions): Promise<${name}Handle>`,
      ),
    ),
    updateWithStart: withStart(updateTypes).map(({ update, description, argument, result }) =>
      method(
        update,
        `${description ?? update}. It is started first if it does not run.`,
        `(workflowId: string, body: { readonly start: ${input}; readonly update: ${argument} }, options?: MessageOptions): Promise<${result}>`,
      ),
    ),
  }
}

/** The type of the answer of a query. */
function resultName(name: string, query: string): string {
  return `${name}${pascalCase(query)}Result`
}

function progressOf({ http }: Workflow, name: string): string {
  return typeof http === 'object' && http.progress !== undefined ? resultName(name, http.progress) : 'never'
}

function tableOf(type: string, workflow: Workflow, errorName: (type: string, error: string) => string): string {
  const { signals, queries, updates } = shownMessages(workflow)
  const errors = Object.keys(workflow.errors ?? {}).map((error) => (errorName(type, error) === error ? error : `${error}: ${errorName(type, error)}`))
  return [
    `      ${camelCase(type)}: {`,
    `        type: ${quote(type)},`,
    `        signals: ${record(Object.keys(signals), quote)},`,
    `        queries: ${record(Object.keys(queries), (query) => `[${quote(query)}, '${queries[query]?.input === undefined ? 'GET' : 'POST'}']`)},`,
    `        updates: ${record(Object.keys(updates), quote)},`,
    `        errors: ${errors.length === 0 ? '{}' : `{ ${errors.join(', ')} }`},`,
    '      },',
  ].join('\n')
}
