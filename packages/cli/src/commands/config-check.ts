import { DiagnosticsError, ENVIRONMENTS } from '@sundial/platform'
import type { CommandCall } from '../commands.ts'
import { loadConfig } from '../config/load-config.ts'
import { problemsOf, type EnvironmentProblem } from '../config/plan-of.ts'
import { findProject } from '../config/project.ts'
import { print, printJson } from '../output.ts'
import { screen } from '../terminal.ts'

export async function run({ options }: CommandCall): Promise<number> {
  const config = await loadConfig(findProject())
  const problems = await problemsOf(config)
  if (options['json']) {
    printJson({ file: config.file, valid: problems.length === 0, problems })
    return problems.length === 0 ? 0 : 1
  }
  if (problems.length > 0) throw new DiagnosticsError('SUN_CONFIG_INVALID', 'The configuration', problems.map(withEnvironments))
  print(`${screen().colors.green('✓')} ${config.file} is valid for ${ENVIRONMENTS.join(', ')}`)
  return 0
}

/** What is wrong in some environments only says in which. */
function withEnvironments({ environments, ...problem }: EnvironmentProblem): Omit<EnvironmentProblem, 'environments'> {
  const isInAll = environments.length === 0 || environments.length === ENVIRONMENTS.length
  return isInAll ? problem : { ...problem, message: `in ${environments.join(' and ')}: ${problem.message}` }
}
