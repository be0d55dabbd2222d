import { restartProcess, stateFolder } from '@sundial/local'
import type { CommandCall } from '../commands.ts'
import { environmentName, findProject } from '../config.ts'
import { print, seconds } from '../output.ts'
import { screen } from '../terminal.ts'

export async function run({ args, options }: CommandCall): Promise<void> {
  const name = args[0] ?? ''
  const began = performance.now()
  await restartProcess(stateFolder(findProject().folder, environmentName(String(options['environment']))), name)
  print(`${screen().colors.green('✓')} ${name} is ready again after ${seconds(performance.now() - began)}`)
}
