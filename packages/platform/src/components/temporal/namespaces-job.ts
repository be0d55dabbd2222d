import { type Contract, scheduleId } from '@sundial/contract'
import type { Platform } from '../../model/platform.ts'
import type { OidcClient } from '../../model/resources.ts'
import { configFile } from '../../model/values.ts'
import type { ConfigTree, Workload } from '../../model/workload.ts'
import { workload } from '../component.ts'
import { IDENTITY } from '../identity/names.ts'
import { POSTGRESQL } from '../postgresql/names.ts'
import { serviceClients, temporalAccess } from './access.ts'
import { FRONTEND_SERVER_NAME, NAMESPACES_JOB, TEMPORAL } from './names.ts'
import { ROLES } from './roles.ts'

/** Makes the applications' namespaces and search attributes, or finds out whether they are there, where others make them; and makes the schedules of contracts. Safe to run again. */
export function namespacesJob(platform: Platform): Workload {
  const { external } = platform.temporal
  const wanted = namespaces(platform)
  // Who may only look at some namespaces must call as in one of them.
  const access = temporalAccess(platform, {
    id: NAMESPACES_JOB,
    namespace: makesNamespaces(platform) ? SYSTEM_NAMESPACE : (wanted[0]?.name ?? SYSTEM_NAMESPACE),
  })
  return workload({
    name: NAMESPACES_JOB,
    component: TEMPORAL,
    area: 'backend',
    runs: 'job',
    ...(!external && !platform.postgresql.external && { lasting: true }),
    description: makesNamespaces(platform)
      ? 'Makes namespaces, search attributes and schedules'
      : 'Checks that namespaces and search attributes are there, and makes schedules',
    program: { kind: 'node', module: '@sundial/operations/namespaces' },
    args: [configFile('namespaces.json')],
    env: access.env,
    files: {
      'namespaces.json': { format: 'json', content: { namespaces: wanted, ...(external && { make: external.manageNamespaces, patienceSeconds: PATIENCE }) } },
    },
    certificates: access.certificates,
    calls: access.calls,
    needs: [
      // It takes as long to load as the server to start, so it begins when that can, and asks again until frontend and history answer: history does so
      // seconds before it calls itself healthy.
      ...(external
        ? []
        : [
            { party: FRONTEND_SERVER_NAME, until: 'none' as const },
            { party: POSTGRESQL, until: 'ready' as const },
            // The server adds search attributes with a call of its own, for which it waits.
            ...(wanted.some(({ searchAttributes }) => Object.keys(searchAttributes).length > 0)
              ? [{ party: ROLES['internal-frontend'].workload, until: 'none' as const }]
              : []),
          ]),
      ...(access.calls.some(({ party }) => party === IDENTITY) ? [{ party: IDENTITY, until: 'ready' as const }] : []),
    ],
  })
}

const SYSTEM_NAMESPACE = 'temporal-system'
/** Seconds until a Temporal of others that does not answer is told about: it is up already, unlike one that starts with us. */
const PATIENCE = 10

function makesNamespaces({ temporal: { external } }: Platform): boolean {
  return external?.manageNamespaces !== false
}

/** Who makes namespaces is an administrator; who only looks reads them, and writes where there are schedules. */
export function namespacesClients(platform: Platform): OidcClient[] {
  const permissions = makesNamespaces(platform)
    ? ['temporal-system:admin']
    : namespaces(platform).flatMap(({ name, contracts }) => [
        `${name}:read`,
        ...(contracts.some(({ schedules }) => schedules.length > 0) ? [`${name}:write`] : []),
      ])
  return serviceClients(platform, NAMESPACES_JOB, permissions)
}

type Namespace = {
  readonly name: string
  readonly description: string
  readonly retentionDays: number
  readonly searchAttributes: Readonly<Record<string, string>>
  readonly contracts: readonly { readonly contract: string; readonly schedules: readonly ConfigTree[] }[]
}

/** Applications may share a namespace: retention is the longest that one of them asks for, search attributes and schedules are all of theirs. */
function namespaces(platform: Platform): Namespace[] {
  const byName = new Map<string, Namespace>()
  for (const [name, { contract, retentionDays, namespace = name }] of Object.entries(platform.applications)) {
    const known = byName.get(namespace)
    byName.set(namespace, {
      name: namespace,
      description: known ? `${known.description}, ${name}` : `Workflows of ${name}`,
      retentionDays: Math.max(known?.retentionDays ?? 0, retentionDays),
      searchAttributes: { ...known?.searchAttributes, ...contract.searchAttributes },
      contracts: [...(known?.contracts ?? []), { contract: contract.name, schedules: schedulesOf(contract) }],
    })
  }
  return [...byName.values()]
}

function schedulesOf({ name, taskQueue, workflows, schedules = {} }: Contract): ConfigTree[] {
  return Object.entries(schedules).map(([schedule, definition]) => {
    const executionTimeout = workflows[definition.workflow]?.executionTimeout
    // Its input is plain data: the contract has checked it.
    return { id: scheduleId(name, schedule), taskQueue, ...definition, ...(executionTimeout !== undefined && { executionTimeout }) } as ConfigTree
  })
}
