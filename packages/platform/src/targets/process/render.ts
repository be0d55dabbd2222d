import { orderByNeeds } from '../../model/order.ts'
import { externalServicesOf } from '../../model/plan.ts'
import { TRUST_DOMAINS } from '../../model/values.ts'
import type { Workload } from '../../model/workload.ts'
import { lowerToWorkloads } from './lower.ts'
import { LOOPBACK, portKey, type Machine, type ProcessRendering, type Site } from './machine.ts'
import { certificatePath, secretPath, trustPath } from './paths.ts'
import type { ProcessCertificate, ProcessPlan, ProcessSpec } from './process-plan.ts'
import { processesOf } from './processes.ts'

/** Ports to choose numbers for, each with its first choice. */
export function portRequests(rendering: ProcessRendering): { readonly key: string; readonly preferred: number }[] {
  return lowerToWorkloads(rendering).flatMap((workload) =>
    Object.entries(workload.ports).map(([name, port]) => ({ key: portKey(workload.name, name), preferred: port.number })),
  )
}

/** A plan for one machine. Pure: the same input gives the same plan. */
export function renderProcessPlan(rendering: ProcessRendering, machine: Machine): ProcessPlan {
  const { plan } = rendering
  const workloads = lowerToWorkloads(rendering)
  const site: Site = { ...machine, externals: externalServicesOf(plan) }
  const secrets = plan.secrets.flatMap(({ name, keys, about }) =>
    Object.entries(keys).map(([key, producer]) => ({ name, key, path: secretPath(machine, name, key), producer, about: about?.[key] })),
  )
  const certificates = workloads.flatMap((workload) => certificatesOf(workload, machine))
  return {
    platform: plan.platform.name,
    environment: plan.platform.environment,
    secrets: secrets.flatMap(({ name, key, path, producer }) => (producer === 'given' ? [] : [{ name, key, path, generate: producer }])),
    givenSecrets: secrets.flatMap(({ producer, about, ...file }) => (producer === 'given' ? [{ ...file, ...(about !== undefined && { about }) }] : [])),
    trustDomains: TRUST_DOMAINS.filter((name) => certificates.some(({ domain }) => domain === name)).map((name) => ({ name, ...trustPath(machine, name) })),
    certificates,
    processes: inStartOrder(workloads.flatMap((workload) => processesOf(workload, site))),
  }
}

function certificatesOf(workload: Workload, machine: Machine): ProcessCertificate[] {
  return workload.certificates.map(({ domain, usages, address }) => {
    const served = Object.values(workload.ports).flatMap((port) => (port.tls?.domain === domain ? [port.tls.serverName] : []))
    return {
      name: `${workload.name}-${domain}`,
      domain,
      ...certificatePath(machine, workload.name, domain),
      commonName: workload.name,
      dnsNames: [...new Set([...served, workload.name])],
      ipAddresses: address ? [LOOPBACK] : [],
      usages,
    }
  })
}

function inStartOrder(processes: readonly ProcessSpec[]): ProcessSpec[] {
  const result = orderByNeeds(processes.map(({ name, needs }) => ({ name, needs: needs.map((need) => need.process) })))
  if ('cycle' in result) throw new Error(`processes need each other: ${result.cycle.join(' → ')}`)
  const byName = new Map(processes.map((process) => [process.name, process]))
  return result.order.map((name) => byName.get(name)!)
}
