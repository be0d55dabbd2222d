import { relative } from 'node:path'
import type { ProcessStatus } from '@sundial/local'
import { workloadsOf, type Plan } from '@sundial/platform/model'
import colors from 'picocolors'
import { table } from '../output.ts'

interface Row {
  readonly what: string
  readonly where: string
  readonly note: string
}

export interface SummaryContext {
  readonly plan: Plan
  readonly stateFolder: string
}

/** What runs where, for people: the addresses that they open, and how to log in. */
export function summary(processes: readonly ProcessStatus[], { plan, stateFolder }: SummaryContext): string {
  const address = (name: string, port: string) => `http://127.0.0.1:${processes.find((process) => process.name === name)?.ports[port]}`
  const rows = workloadsOf(plan).flatMap((workload): Row[] => {
    if (workload.ports['http']?.public !== true) return []
    const url = address(workload.name, 'http')
    if (workload.component === 'web-ui') return [{ what: 'Temporal Web UI', where: url, note: login(plan, stateFolder) }]
    return [
      { what: `API of ${workload.component}`, where: url, note: 'needs a token: see the docs' },
      { what: `API docs of ${workload.component}`, where: `${url}/docs`, note: 'OpenAPI: /openapi.json' },
    ]
  })
  const frontend = processes.find(({ name }) => name === 'temporal-frontend')?.ports['grpc']
  const metrics = workloadsOf(plan).filter(({ ports }) => ports['metrics'] ?? ports['operations'])
  const example = metrics.find(({ name }) => name.endsWith('-worker') && !name.startsWith('temporal'))
  rows.push({ what: 'Temporal frontend', where: `127.0.0.1:${frontend}`, note: 'gRPC, mutual TLS and a token' })
  if (example)
    rows.push({ what: 'Metrics', where: `${address(example.name, 'operations')}/metrics`, note: `${example.name}; all ${metrics.length}: ./sundial status` })
  rows.push({ what: 'Logs', where: './sundial logs', note: `files in ${shown(stateFolder)}/logs` })
  return `${table(rows, [
    { title: 'WHAT', value: (row) => row.what },
    { title: 'WHERE', value: (row) => row.where, color: colors.cyan },
    { title: '', value: (row) => row.note, color: colors.dim },
  ])}\n`
}

/** The password stays in its file: what is printed may end up in a log. */
function login({ platform }: Plan, stateFolder: string): string {
  const user = Object.keys(platform.identity.users)[0]
  return user === undefined ? 'no users are configured: identity.users' : `log in as ${user}, password: cat ${shown(stateFolder)}/secrets/user-${user}/password`
}

function shown(path: string): string {
  return relative(process.cwd(), path) || '.'
}
