import { examine, type NamedFinding, readMachineFacts, stateFolder } from '@sundial/local/doctor'
import { SundialError } from '@sundial/platform'
import type { Plan } from '@sundial/platform/model'
import type { CommandCall } from '../commands.ts'
import { environmentName, findProject } from '../config.ts'
import { loadPlan } from '../load-plan.ts'
import { print, printJson } from '../output.ts'
import { findingsView } from '../views/findings.ts'

export async function run({ options }: CommandCall): Promise<number> {
  const environment = environmentName(String(options['environment']))
  const configuration = await readConfiguration(() => loadPlan(findProject(), options))
  const projectFolder = folderOf() ?? process.cwd()
  const findings = [
    configuration.finding,
    ...(await examine({
      env: process.env,
      machine: await readMachineFacts(),
      projectFolder,
      state: stateFolder(projectFolder, environment),
      plan: configuration.plan,
      now: new Date(),
    })),
  ]
  const isHealthy = findings.every(({ verdict }) => verdict !== 'problem')
  if (options['json']) printJson({ healthy: isHealthy, environment, findings })
  else print(findingsView(findings, { all: options['all'] === true }))
  return isHealthy ? 0 : 1
}

interface Configuration {
  readonly plan: Plan | undefined
  readonly finding: NamedFinding
}

async function readConfiguration(load: () => Promise<Plan>): Promise<Configuration> {
  const check = 'configuration'
  try {
    const plan = await load()
    return { plan, finding: { check, verdict: 'ok', found: `${plan.platform.name} is valid for ${plan.platform.environment}` } }
  } catch (error) {
    if (!(error instanceof SundialError)) throw error
    const fix = error.exitCode === 1 ? './sundial config check' : error.hint
    // All problems stand in the answer of that command.
    const found = error.message.split('\n')[0]?.replace(/:$/, '') ?? error.code
    return {
      plan: undefined,
      finding: { check, verdict: 'problem', found, needed: 'a configuration that can be planned; what depends on it was not looked at', fix },
    }
  }
}

/** Without a configuration the machine can be looked at all the same. */
function folderOf(): string | undefined {
  try {
    return findProject().folder
  } catch {
    return undefined
  }
}
