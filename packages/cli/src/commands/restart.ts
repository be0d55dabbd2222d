import { restartProcess, stateFolder } from '@sundial/local'
import colors from 'picocolors'
import type { CommandCall } from '../commands.ts'
import { environmentName, findProject } from '../config.ts'
import { print, seconds } from '../output.ts'

export async function run({ args, options }: CommandCall): Promise<void> {
  const name = args[0] ?? ''
  const began = Date.now()
  await restartProcess(stateFolder(findProject().folder, environmentName(String(options['environment']))), name)
  print(`${colors.green('✓')} ${name} is ready again after ${seconds(Date.now() - began)}`)
}
