import { identityProcesses } from './components/identity/process.ts'
import { postgresqlProcesses } from './components/postgresql/process.ts'
import type { Plan } from './model/plan.ts'
import type { ProcessAdapter } from './targets/process/adapter.ts'
import type { Machine } from './targets/process/machine.ts'
import type { ProcessPlan } from './targets/process/process-plan.ts'
import { portRequests, renderProcessPlan, type PortRequest } from './targets/process/render.ts'

const PROCESS_ADAPTERS: readonly ProcessAdapter[] = [postgresqlProcesses, identityProcesses]

/** The ports that the plan's processes need. */
export function processPorts(plan: Plan): PortRequest[] {
  return portRequests({ plan, adapters: PROCESS_ADAPTERS })
}

/** The plan as processes of one machine. */
export function renderProcesses(plan: Plan, machine: Machine): ProcessPlan {
  return renderProcessPlan({ plan, adapters: PROCESS_ADAPTERS }, machine)
}
