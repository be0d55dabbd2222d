import type { SearchAttributeType } from '../contract.ts'
import type { ContractManifest } from '../manifest.ts'
import { propertyName, quote } from './json-schema-types.ts'
import { camelCase, group, member, record } from './source-text.ts'

/** What a client has besides its workflows. */
export interface SharedSource {
  readonly declarations: readonly string[]
  /** Of the client's interface. */
  readonly members: readonly string[]
  /** What the calls need to know of schedules. */
  readonly schedules: string
}

const FILTERS: Readonly<Record<SearchAttributeType, string>> = {
  keyword: 'KeywordFilter',
  'keyword-list': 'string',
  text: 'string',
  int: 'OrderedFilter<number>',
  double: 'OrderedFilter<number>',
  bool: 'boolean',
  datetime: 'OrderedFilter<Date | string>',
}

/**
 * Lists, counts and schedules, of the workflows that somebody may read.
 * @param client the name of the client, as its types have it
 * @param workflows those that the API shows
 */
export function sharedSource(
  client: string,
  manifest: ContractManifest,
  workflows: readonly (readonly [string, ContractManifest['workflows'][string]])[],
): SharedSource {
  const readable = workflows.filter(([, { access }]) => access.read !== undefined).map(([type]) => type)
  const schedules = scheduleMembers(manifest, workflows)
  if (readable.length === 0) return { declarations: [], members: group('schedules', schedules.members), schedules: schedules.table }
  const types = readable.map(quote).join(' | ')
  const attributes = Object.entries(manifest.searchAttributes ?? {}).map(([name, type]) => `  readonly ${propertyName(name)}?: ${FILTERS[type]}`)
  const filter = `WorkflowFilter<${types}, ${client}Attributes>`
  return {
    declarations: [
      `/** What the search attributes of workflows must be. */\nexport ${attributes.length === 0 ? `type ${client}Attributes = Record<string, never>` : `interface ${client}Attributes {\n${attributes.join('\n')}\n}`}`,
      `/** Which workflows of "${manifest.name}". */\nexport type ${client}Filter = ${filter}`,
    ],
    members: [
      member(
        '  ',
        'Those that the caller may read: open ones first, then those that closed last.',
        `listWorkflows(filter?: ${client}Filter, options?: ListOptions): WorkflowList<${types}>`,
      ),
      member(
        '  ',
        'How many of those that the caller may read there are, and how many of each status.',
        `countWorkflows(filter?: ${client}Filter, options?: CallOptions): Promise<WorkflowCount>`,
      ),
      ...(schedules.readable
        ? [member('  ', 'Where the schedules stand.', 'listSchedules(options?: CallOptions): Promise<readonly ScheduleDescription[]>')]
        : []),
      ...group('schedules', schedules.members),
    ],
    schedules: schedules.table,
  }
}

function scheduleMembers({ schedules = {} }: ContractManifest, workflows: readonly (readonly [string, ContractManifest['workflows'][string]])[]) {
  const shown = Object.entries(schedules).flatMap(([name, schedule]) => {
    const workflow = workflows.find(([type]) => type === schedule.workflow)?.[1]
    return workflow ? [{ name, description: schedule.description, access: workflow.access }] : []
  })
  const members = shown.flatMap(({ name, description, access }) => {
    const change = (text: string, verb: string) => member('      ', text, `${verb}(reason?: string, options?: CallOptions): Promise<void>`)
    const calls = [
      ...(access.read === undefined ? [] : [member('      ', 'Where it stands.', 'describe(options?: CallOptions): Promise<ScheduleDescription>')]),
      ...(access.schedule === undefined ? [] : [change('Starts nothing more, until it is resumed.', 'pause'), change('Goes on.', 'resume')]),
      ...(access.start === undefined ? [] : [change('Starts one now, whatever its times are.', 'trigger')]),
    ]
    return calls.length === 0 ? [] : [member('    ', description, `readonly ${camelCase(name)}: {\n${calls.join('\n')}\n    }`)]
  })
  const names = shown.map(({ name }) => name)
  return { members, table: record(names, quote), readable: shown.some(({ access }) => access.read !== undefined) }
}
