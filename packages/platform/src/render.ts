import { collectorProcesses } from './components/collector/process.ts'
import { elasticsearchProcesses } from './components/elasticsearch/process.ts'
import { identityProcesses } from './components/identity/process.ts'
import { postgresqlProcesses } from './components/postgresql/process.ts'
import type { Plan } from './model/plan.ts'
import type { ReleasedProgram } from './model/programs.ts'
import type { ProcessAdapter } from './targets/process/adapter.ts'
import { lowerToWorkloads } from './targets/process/lower.ts'
import type { Machine } from './targets/process/machine.ts'
import type { ProcessPlan } from './targets/process/process-plan.ts'
import { portRequests, renderProcessPlan, type PortRequest } from './targets/process/render.ts'

const PROCESS_ADAPTERS: readonly ProcessAdapter[] = [postgresqlProcesses, elasticsearchProcesses, identityProcesses, collectorProcesses]

/** The ports that the plan's processes need. */
export function processPorts(plan: Plan): PortRequest[] {
  return portRequests({ plan, adapters: PROCESS_ADAPTERS })
}

/** The released programs that the plan's processes run, those of managed services too. */
export function releasedPrograms(plan: Plan): ReleasedProgram[] {
  const workloads = lowerToWorkloads({ plan, adapters: PROCESS_ADAPTERS })
  const programs = workloads.flatMap(({ program, init }) => [program, ...init.flatMap((step) => step.program ?? [])])
  return programs.filter((program): program is ReleasedProgram => program.kind === 'released')
}

/** The plan as processes of one machine. */
export function renderProcesses(plan: Plan, machine: Machine): ProcessPlan {
  return renderProcessPlan({ plan, adapters: PROCESS_ADAPTERS }, machine)
}
