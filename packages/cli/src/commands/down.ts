import { stateFolder, stopPlatform } from '@sundial/local'
import colors from 'picocolors'
import type { CommandCall } from '../commands.ts'
import { environmentName, findProject } from '../config.ts'
import { print } from '../output.ts'

export async function run({ options }: CommandCall): Promise<void> {
  const environment = environmentName(String(options['environment']))
  const began = Date.now()
  await stopPlatform(stateFolder(findProject().folder, environment))
  print(`${colors.green('✓')} stopped in ${((Date.now() - began) / 1000).toFixed(1)} s; data are kept`)
}
