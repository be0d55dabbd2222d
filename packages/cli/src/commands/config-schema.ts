import { configSchema } from '@sundial/platform'
import { printJson } from '../output.ts'

export async function run(): Promise<void> {
  printJson(configSchema())
}
