import type { Plan } from '../../model/plan.ts'
import { referencesOf } from '../../model/references.ts'
import type { Call, Workload } from '../../model/workload.ts'
import { lowerToWorkloads } from './lower.ts'
import { portKey, type ProcessRendering } from './machine.ts'

/** One running copy of a workload. A single copy has the workload's name; several are numbered from 1. */
export interface Instance {
  readonly workload: Workload
  readonly name: string
  /** By the name of a port, the key of its number. */
  readonly portKeys: Readonly<Record<string, string>>
}

/** A workload on this machine: its copies, and the ports of theirs that others dial, which are behind a balancer if there are several. */
export interface Deployed {
  readonly workload: Workload
  readonly instances: readonly Instance[]
  readonly balanced: readonly string[]
}

/** Which processes a plan's workloads become. */
export class Layout {
  readonly deployed: readonly Deployed[]
  readonly #byName: ReadonlyMap<string, Deployed>

  constructor(rendering: ProcessRendering) {
    const workloads = lowerToWorkloads(rendering)
    const dialled = dialledPorts(workloads, rendering.plan)
    this.deployed = workloads.map((workload) => {
      const names = instanceNames(workload)
      const balanced = names.length === 1 ? [] : Object.keys(workload.ports).filter((port) => dialled.has(`${workload.name} ${port}`))
      const instances = names.map((name, index) => ({ workload, name, portKeys: portKeys(workload, { name, isFirst: index === 0, balanced }) }))
      return { workload, instances, balanced }
    })
    this.#byName = new Map(this.deployed.map((each) => [each.workload.name, each]))
  }

  /** The processes of which one stands for the workload, when others need it. */
  standingFor(workload: string): readonly string[] {
    const found = this.#byName.get(workload)
    if (!found || found.balanced.length > 0) return [workload]
    return found.instances.map(({ name }) => name)
  }
}

function instanceNames({ name, runs, scale }: Workload): string[] {
  if (runs !== 'service' || scale.replicas === 1) return [name]
  return Array.from({ length: scale.replicas }, (_, index) => `${name}-${index + 1}`)
}

/**
 * The workload's own ports are the balancer's, and where there is none the first copy's: the numbers are the same with one copy and with several. A
 * ring that is started again soon finds its members at addresses that it remembers.
 */
function portKeys(
  { name: workload, ports }: Workload,
  { name, isFirst, balanced }: { name: string; isFirst: boolean; balanced: readonly string[] },
): Record<string, string> {
  return Object.fromEntries(Object.keys(ports).map((port) => [port, portKey(isFirst && !balanced.includes(port) ? workload : name, port)]))
}

/** Ports that somebody reaches at an address of the plan, each as `<workload> <port>`. A number alone is no address: its user finds the copies by itself. */
function dialledPorts(workloads: readonly Workload[], { parties }: Plan): ReadonlySet<string> {
  const references = workloads.flatMap((workload) => referencesOf(workload)).map(({ reference }) => reference)
  const addresses = references.flatMap((reference): Call[] =>
    reference.ref === 'public-url' || (reference.ref === 'endpoint' && reference.as !== 'port') ? [reference] : [],
  )
  const actors = parties.flatMap((party) => (party.kind === 'actor' ? party.calls : []))
  return new Set([...addresses, ...actors].map(({ party, port }) => `${party} ${port}`))
}
