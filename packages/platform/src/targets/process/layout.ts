import type { Plan } from '../../model/plan.ts'
import { referencesOf } from '../../model/references.ts'
import type { Call, Workload } from '../../model/workload.ts'
import { lowerToWorkloads } from './lower.ts'
import type { ProcessRendering } from './machine.ts'

/** One running copy of a workload. A single copy has the workload's name; several are numbered from 1. */
export interface Instance {
  readonly workload: Workload
  readonly name: string
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
      return { workload, instances: names.map((name) => ({ workload, name })), balanced }
    })
    this.#byName = new Map(this.deployed.map((each) => [each.workload.name, each]))
  }

  /** The process that offers a workload's port to others. Of copies that find each other by themselves, the first stands for all. */
  offering(workload: string, port: string): string {
    const found = this.#byName.get(workload)
    if (!found || found.balanced.includes(port)) return workload
    return found.instances[0]?.name ?? workload
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

/** Ports that somebody reaches at an address of the plan, each as `<workload> <port>`. A number alone is no address: its user finds the copies by itself. */
function dialledPorts(workloads: readonly Workload[], { parties }: Plan): ReadonlySet<string> {
  const references = workloads.flatMap((workload) => referencesOf(workload)).map(({ reference }) => reference)
  const addresses = references.flatMap((reference): Call[] =>
    reference.ref === 'public-url' || (reference.ref === 'endpoint' && reference.as !== 'port') ? [reference] : [],
  )
  const actors = parties.flatMap((party) => (party.kind === 'actor' ? party.calls : []))
  return new Set([...addresses, ...actors].map(({ party, port }) => `${party} ${port}`))
}
