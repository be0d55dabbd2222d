import type { Plan } from '@sundial/platform/model'
import { processPorts, renderProcesses } from '@sundial/platform/render'
import { launchOf } from './launch.ts'
import { loadPorts, portsToKeep } from './ports/index.ts'
import { resolveModule } from './prepare.ts'
import { ensureSecrets } from './secrets/index.ts'
import type { StateFolder } from './state/index.ts'

export interface ProcessEnvironmentOptions {
  readonly plan: Plan
  readonly projectFolder: string
  readonly state: StateFolder
}

/** The environment that a Node process of a running platform has: who uses it is to the rest what the process is. It may hold secrets. */
export async function processEnvironment(name: string, { plan, projectFolder, state }: ProcessEnvironmentOptions): Promise<Readonly<Record<string, string>>> {
  const ports = portsToKeep(await loadPorts(state), processPorts(plan))
  const processes = renderProcesses(plan, { projectFolder, stateFolder: state.root, ports, resolveModule })
  const spec = processes.processes.find((process) => process.name === name)
  if (!spec) throw new Error(`"${name}" is not a process of the plan`)
  const { env } = await launchOf(spec, { programs: [], readSecret: await ensureSecrets(processes), folder: state.root })
  return env
}
