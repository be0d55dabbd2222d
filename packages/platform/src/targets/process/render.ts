import { SundialError } from '../../model/errors.ts'
import { orderByNeeds } from '../../model/order.ts'
import { externalServicesOf } from '../../model/plan.ts'
import { TRUST_DOMAINS } from '../../model/values.ts'
import { balancerPorts } from './balancer.ts'
import { Layout, type Instance } from './layout.ts'
import { LOOPBACK, portKey, type Machine, type ProcessRendering, type Site } from './machine.ts'
import { certificatePath, secretPath, trustPath } from './paths.ts'
import type { ProcessCertificate, ProcessPlan, ProcessSpec } from './process-plan.ts'
import { processesOf } from './processes.ts'

/** A port to choose a number for. */
export interface PortRequest {
  readonly key: string
  /** The first choice. */
  readonly preferred: number
  /** Nobody keeps an address with it: whoever uses it reads the number at each start. */
  readonly movable: boolean
}

/** Ports to choose numbers for. */
export function portRequests(rendering: ProcessRendering): PortRequest[] {
  return new Layout(rendering).deployed.flatMap((deployed) => [
    ...balancerPorts(deployed),
    ...deployed.instances.flatMap(({ workload, portKeys }) =>
      Object.entries(portKeys).map(([name, key]) => ({ key, preferred: workload.ports[name]?.number ?? 0, movable: key !== portKey(workload.name, name) })),
    ),
  ])
}

/** A plan for one machine. Pure: the same input gives the same plan. */
export function renderProcessPlan(rendering: ProcessRendering, machine: Machine): ProcessPlan {
  const { plan } = rendering
  const layout = new Layout(rendering)
  const site: Site = { ...machine, externals: externalServicesOf(plan) }
  const secrets = plan.secrets.flatMap(({ name, keys, about }) =>
    Object.entries(keys).map(([key, producer]) => ({ name, key, path: secretPath(machine, name, key), producer, about: about?.[key] })),
  )
  const certificates = layout.deployed.flatMap(({ instances }) => instances.flatMap((instance) => certificatesOf(instance, machine)))
  return {
    platform: plan.platform.name,
    environment: plan.platform.environment,
    secrets: secrets.flatMap(({ name, key, path, producer }) => (producer === 'given' ? [] : [{ name, key, path, generate: producer }])),
    givenSecrets: secrets.flatMap(({ producer, about, ...file }) => (producer === 'given' ? [{ ...file, ...(about !== undefined && { about }) }] : [])),
    trustDomains: TRUST_DOMAINS.filter((name) => certificates.some(({ domain }) => domain === name)).map((name) => ({ name, ...trustPath(machine, name) })),
    certificates,
    processes: inStartOrder(layout.deployed.flatMap((deployed) => processesOf(deployed, { machine: site, layout }))),
  }
}

function certificatesOf({ workload, name }: Instance, machine: Machine): ProcessCertificate[] {
  return workload.certificates.map(({ domain, usages, address }) => {
    const served = Object.values(workload.ports).flatMap((port) => (port.tls?.domain === domain ? [port.tls.serverName] : []))
    return {
      name: `${name}-${domain}`,
      domain,
      ...certificatePath(machine, name, domain),
      commonName: name,
      dnsNames: [...new Set([...served, workload.name])],
      ipAddresses: address ? [LOOPBACK] : [],
      usages,
    }
  })
}

/** A copy's number may make its name that of something else, such as a service that is called "api-2". */
function requireUniqueNames(processes: readonly ProcessSpec[]): void {
  const names = processes.map(({ name }) => name)
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
  if (twice.length === 0) return
  throw new SundialError('SUN_PLAN_INVALID', `two processes would have the same name: ${twice.join(', ')}`, {
    hint: 'Copies of a workload are numbered. Rename the other one, or run one copy.',
  })
}

function inStartOrder(processes: readonly ProcessSpec[]): ProcessSpec[] {
  requireUniqueNames(processes)
  const result = orderByNeeds(processes.map(({ name, needs }) => ({ name, needs: needs.flatMap((need) => need.anyOf) })))
  if ('cycle' in result) throw new Error(`processes need each other: ${result.cycle.join(' → ')}`)
  const byName = new Map(processes.map((process) => [process.name, process]))
  return result.order.map((name) => byName.get(name)!)
}
