import { stateFolder, stopPlatform } from '@sundial/local'
import type { CommandCall } from '../commands.ts'
import { environmentName, findProject } from '../config.ts'
import { screen } from '../terminal.ts'
import { print, seconds } from '../output.ts'

export async function run({ options }: CommandCall): Promise<void> {
  const environment = environmentName(String(options['environment']))
  const began = performance.now()
  await stopPlatform(stateFolder(findProject().folder, environment))
  print(`${screen().colors.green('✓')} stopped in ${seconds(performance.now() - began)}; data are kept`)
}
