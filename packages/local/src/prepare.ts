import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SundialError } from '@sundial/platform'
import type { Plan } from '@sundial/platform/model'
import type { ProcessPlan } from '@sundial/platform/process'
import { processPorts, renderProcesses } from '@sundial/platform/render'
import { ensureCertificates } from './certificates/index.ts'
import { choosePorts, claimPorts, keepPorts, type KeptPorts, loadPorts, portsToKeep } from './ports/index.ts'
import { ensureSecrets, writeConfigFile, type ReadSecret } from './secrets/index.ts'
import { guardFixedSettings, keepDataSettings, makePrivateFolder, type StateFolder } from './state/index.ts'

/** A plan whose ports are chosen and whose secrets, certificates and files are in place. */
export interface PreparedPlan {
  readonly processes: ProcessPlan
  readonly readSecret: ReadSecret
  /** To be kept once the start has shown that they are good. */
  readonly ports: KeptPorts
}

export interface PrepareOptions {
  readonly plan: Plan
  readonly projectFolder: string
  readonly state: StateFolder
}

/** Puts everything in place that processes read. What is there is kept, so that a second start is the same platform. */
export async function preparePlan({ plan, projectFolder, state }: PrepareOptions): Promise<PreparedPlan> {
  const kept = await loadPorts(state)
  const requests = processPorts(plan)
  const ports = await claimPorts(state.root, (claimed) => choosePorts(requests, portsToKeep(kept, requests), claimed))
  const processes = renderProcesses(plan, { projectFolder, stateFolder: state.root, ports, resolveModule })
  requireModules(processes)
  await guardFixedSettings(state, plan.fixedSettings)
  await keepDataSettings(state, plan.dataSettings)
  const readSecret = await ensureSecrets(processes)
  await ensureCertificates(processes)
  for (const process of processes.processes) {
    for (const folder of process.folders) await makePrivateFolder(folder)
    for (const file of process.files) await writeConfigFile(file, readSecret)
  }
  return { processes, readSecret, ports: keepPorts(ports, { requests, kept }) }
}

/** Where a module of a package is. */
export function resolveModule(specifier: string): string {
  return fileURLToPath(import.meta.resolve(specifier))
}

function requireModules({ processes }: ProcessPlan): void {
  const missing = processes.flatMap(({ name, program }) => (program.kind === 'node' && !existsSync(program.module) ? [`  ${name}: ${program.module}`] : []))
  if (missing.length === 0) return
  throw new SundialError('SUN_CONFIG_INVALID', `modules that the configuration names are missing:\n${missing.join('\n')}`, {
    hint: 'Build them (npm run build), or correct their paths.',
  })
}
