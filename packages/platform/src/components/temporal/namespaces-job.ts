import type { Platform } from '../../model/platform.ts'
import { configFile } from '../../model/values.ts'
import type { ConfigTree, Workload } from '../../model/workload.ts'
import { workload } from '../component.ts'
import { IDENTITY, tokenEnvironment } from '../identity/model.ts'
import { clientEnvironment, FRONTEND_SERVER_NAME, NAMESPACES_JOB, TEMPORAL } from './names.ts'

/** Makes the applications' namespaces and search attributes. Safe to run again. */
export function namespacesJob(platform: Platform): Workload {
  return workload({
    name: NAMESPACES_JOB,
    component: TEMPORAL,
    area: 'backend',
    runs: 'job',
    description: 'Makes namespaces and search attributes',
    program: { kind: 'node', module: '@sundial/operations/namespaces' },
    args: [configFile('namespaces.json')],
    env: { ...clientEnvironment('temporal-system'), ...tokenEnvironment(NAMESPACES_JOB) },
    files: { 'namespaces.json': { format: 'json', content: { namespaces: namespaces(platform) } } },
    certificates: [{ domain: 'client', usages: ['client'] }],
    calls: [
      { party: FRONTEND_SERVER_NAME, port: 'grpc' },
      { party: IDENTITY, port: 'http' },
    ],
    needs: [
      // It asks again until history answers, which is seconds before history calls itself healthy.
      { party: FRONTEND_SERVER_NAME, until: 'ready' },
      { party: IDENTITY, until: 'ready' },
    ],
  })
}

/** Applications may share a namespace: retention is the longest that one of them asks for, search attributes are all of theirs. */
function namespaces(platform: Platform): ConfigTree[] {
  const byName = new Map<string, { description: string[]; retentionDays: number; searchAttributes: Record<string, string> }>()
  for (const [name, application] of Object.entries(platform.applications)) {
    const namespace = application.namespace ?? name
    const known = byName.get(namespace) ?? { description: [], retentionDays: 0, searchAttributes: {} }
    byName.set(namespace, {
      description: [...known.description, name],
      retentionDays: Math.max(known.retentionDays, application.retentionDays),
      searchAttributes: { ...known.searchAttributes, ...application.contract.searchAttributes },
    })
  }
  return [...byName].map(([name, { description, ...rest }]) => ({ name, description: `Workflows of ${description.join(', ')}`, ...rest }))
}
