import type { ProcessStatus } from '@sundial/local'
import { externalServicesOf, workloadsOf, type ExternalService, type Plan, type Workload } from '@sundial/platform/model'
import { shownPath } from '../output.ts'
import { screen, type Terminal } from '../terminal.ts'
import { columns, padEnd, wrap } from '../text.ts'

interface Row {
  readonly what: string
  readonly where: string
  readonly note: string
}

export interface SummaryContext {
  readonly plan: Plan
  readonly stateFolder: string
}

/** What runs where, for people: the addresses that they open, and how to log in. A note that does not fit beside its address stands below it. */
export function summary(processes: readonly ProcessStatus[], context: SummaryContext, { width, colors }: Terminal = screen()): string {
  const rows = rowsOf(processes, context)
  const first = Math.max(...rows.map(({ what }) => columns(what))) + 2
  const second = Math.max(...rows.map(({ where, note }) => (note === '' ? 0 : columns(where)))) + 2
  const lines = rows.flatMap(({ what, where, note }) => {
    const head = `${padEnd(what, first)}${colors.cyan(where)}`
    if (first + columns(where) > width) return [what, `    ${colors.cyan(where)}`, ...(note === '' ? [] : [wrap(colors.dim(note), { width, prefix: '    ' })])]
    if (note === '') return [head]
    if (first + second + columns(note) <= width) return [`${head}${' '.repeat(second - columns(where))}${colors.dim(note)}`]
    return [head, wrap(colors.dim(note), { width, prefix: ' '.repeat(first) })]
  })
  return `${lines.join('\n')}\n`
}

function rowsOf(processes: readonly ProcessStatus[], { plan, stateFolder }: SummaryContext): Row[] {
  // The workload's own address, or that of one of its copies where each has its own.
  const portOf = (name: string, port: string) =>
    [...processes.filter((process) => process.name === name), ...processes.filter(({ workload }) => workload === name)].find(({ ports }) => port in ports)
      ?.ports[port]
  const url = (name: string, port: string) => `http://127.0.0.1:${portOf(name, port)}`
  const workloads = workloadsOf(plan)
  const scraped = workloads.filter(({ ports }) => ports['metrics'] ?? ports['operations'])
  const example = scraped.find(({ area, roles }) => area === 'product' && roles.includes('worker'))
  return [
    // What a browser opens comes first.
    ...workloads
      .filter(isPublic)
      .toSorted((a, b) => rank(a) - rank(b))
      .flatMap((workload) => publicRows(workload, url(workload.name, 'http'), { plan, stateFolder })),
    ...(workloads.some(({ name }) => name === 'temporal-frontend')
      ? [{ what: 'Temporal frontend', where: `127.0.0.1:${portOf('temporal-frontend', 'grpc')}`, note: 'gRPC, mutual TLS and a token' }]
      : []),
    ...externalServicesOf(plan).map(externalRow),
    ...(example ? [{ what: 'Metrics', where: `${url(example.name, 'operations')}/metrics`, note: `1 of ${scraped.length}, see ./sundial status` }] : []),
    { what: 'Logs', where: './sundial logs', note: `${shownPath(stateFolder)}/logs` },
  ]
}

const TITLES: Readonly<Record<string, string>> = {
  postgresql: 'PostgreSQL',
  elasticsearch: 'Elasticsearch',
  identity: 'Identity provider',
  'temporal-frontend': 'Temporal frontend',
  'temporal-ui': 'Temporal Web UI',
}

function externalRow({ name, ports }: ExternalService): Row {
  const port = Object.values(ports)[0]
  return { what: TITLES[name] ?? name, where: port?.url ?? `${port?.host}:${port?.number}`, note: 'run by others' }
}

function isPublic({ ports }: Workload): boolean {
  return ports['http']?.public === true
}

/** The Web UI, what it shows payloads with, and all the rest. */
function rank({ component }: Workload): number {
  const first = ['web-ui', 'codec-server'].indexOf(component)
  return first < 0 ? 2 : first
}

function isWebUi({ component }: Workload): boolean {
  return component === 'web-ui'
}

function publicRows(workload: Workload, url: string, { plan, stateFolder }: SummaryContext): Row[] {
  if (isWebUi(workload)) return webUiRows(plan, { url, stateFolder })
  if (workload.component === 'codec-server') return [{ what: 'its payloads', where: `${url}/login`, note: 'encrypted; sign in here too, to see them' }]
  return [
    { what: `API of ${workload.component}`, where: url, note: 'needs a token' },
    { what: 'its documentation', where: `${url}/docs`, note: 'OpenAPI: /openapi.json' },
  ]
}

/** The password stays in its file: what is printed may end up in a log. */
function webUiRows({ platform }: Plan, { url, stateFolder }: { url: string; stateFolder: string }): Row[] {
  const row = (note: string): Row => ({ what: 'Temporal Web UI', where: url, note })
  if (platform.identity.external) return [row(`log in at ${new URL(platform.identity.external.issuer).host}`)]
  const user = Object.keys(platform.identity.users)[0]
  if (user === undefined) return [row('no users are configured: identity.users')]
  return [row(`log in as ${user}`), { what: 'its password', where: `cat ${shownPath(stateFolder)}/secrets/user-${user}/password`, note: '' }]
}
