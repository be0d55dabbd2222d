import type { ProcessPlan, ProcessSpec } from '@sundial/platform/process'

/**
 * The database's server, and the lasting jobs that need nothing else, in start order: what they make is the same for every platform of the same plan.
 * None where others run the database.
 */
export function databaseProcesses(processes: readonly ProcessSpec[]): readonly ProcessSpec[] {
  const server = databaseServer(processes)
  const names = new Set<string>()
  return processes.filter((spec) => {
    const isPart = server !== undefined && (spec === server || spec.lasting === true) && spec.needs.every(({ anyOf }) => anyOf.some((name) => names.has(name)))
    if (isPart) names.add(spec.name)
    return isPart
  })
}

export function databaseServer(processes: readonly ProcessSpec[]): ProcessSpec | undefined {
  return processes.find(({ kind, program }) => kind === 'service' && program.kind === 'released' && program.name === 'postgresql')
}

/** What of a plan its database takes, and no more: making the rest costs time. */
export function databasePlan(plan: ProcessPlan): ProcessPlan {
  const processes = databaseProcesses(plan.processes)
  const text = JSON.stringify(processes.map(({ args, env, files }) => ({ args, env, files })))
  const certificates = plan.certificates.filter(({ certFile }) => text.includes(JSON.stringify(certFile)))
  return {
    ...plan,
    processes,
    certificates,
    trustDomains: plan.trustDomains.filter(({ name, caFile }) => text.includes(JSON.stringify(caFile)) || certificates.some(({ domain }) => domain === name)),
    secrets: plan.secrets.filter(({ name, key, path }) => text.includes(JSON.stringify(path)) || text.includes(JSON.stringify({ secret: { name, key } }))),
    givenSecrets: [],
  }
}
